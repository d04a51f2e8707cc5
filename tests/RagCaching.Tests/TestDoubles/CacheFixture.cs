using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using RagCaching.Semantic;

namespace RagCaching.Tests.TestDoubles;

/// <summary>A semantic cache over doubles, in which questions mean what the test says.</summary>
internal sealed class CacheFixture : IDisposable
{
    private const int Dimensions = 64;

    private readonly Dictionary<string, (string Meaning, float Noise)> _meanings = [];
    private readonly InMemoryVectorStore _memory;

    public CacheFixture(Action<SemanticCacheOptions>? configure = null)
    {
        Meters = new TestMeterFactory();
        Services = new TestServices()
            .Add<TimeProvider>(Time)
            .Add<ILoggerFactory>(LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(Logs))))
            .Add<System.Diagnostics.Metrics.IMeterFactory>(Meters);
        Generator.Vector = VectorOf;
        _memory = new InMemoryVectorStore(services: Services);
        Store = new TestVectorStore(_memory);
        Options = new SemanticCacheOptions { ShareAcrossCallers = true };
        configure?.Invoke(Options);
        Cache = NewCache();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public TestEmbeddingGenerator Generator { get; } = new();

    public TestVectorStore Store { get; }

    public SemanticCacheOptions Options { get; }

    public TestServices Services { get; }

    public TestMeterFactory Meters { get; }

    public FakeLogCollector Logs { get; } = FakeLogCollector.Create(new FakeLogCollectorOptions());

    /// <summary>The guards; to be filled before the first lookup. One that refuses nothing stands for the default one, since questions mean what the test says.</summary>
    public List<IMatchGuard> Guards { get; } = [new TestGuard((_, _) => true)];

    /// <summary>The verifiers; to be filled before the first lookup.</summary>
    public List<IMatchVerifier> Verifiers { get; } = [];

    /// <summary>The comparer; <see langword="null"/> for the default one.</summary>
    public IAnswerComparer? Comparer { get; set; }

    public ShadowLog ShadowLog { get; } = new();

    /// <summary>Draws audits; without a change there are none.</summary>
    public Func<double> Draw { get; set; } = () => 1;

    public SemanticCache Cache { get; }

    public static ChatResponse Answer(string text) => new(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = ChatFinishReason.Stop };

    /// <summary>Another cache over the same parts, or over another store.</summary>
    public SemanticCache NewCache(TestEmbeddingGenerator? generator = null, IVectorStore? store = null) => new(
        generator ?? Generator,
        store ?? Store,
        new SemanticCacheParts
        {
            Options = () => Options,
            Guards = () => Guards,
            Verifiers = () => Verifiers,
            Comparer = () => Comparer,
            ShadowLog = ShadowLog,
            Draw = () => Draw(),
        },
        Services);

    /// <summary>Makes questions mean nearly the same: their similarities are above 0.99.</summary>
    public void SameMeaning(params ReadOnlySpan<string> questions)
    {
        foreach (var question in questions)
        {
            _meanings[question] = (questions[0], 0.05f);
        }
    }

    /// <summary>Gives a question the meaning of another with some distance: 0.3 is a similarity of about 0.95, 1 of about 0.7.</summary>
    public void NearMeaning(string question, string other, float noise) => _meanings[question] = (other, noise);

    public float[] VectorOf(string question)
    {
        var (meaning, noise) = _meanings.GetValueOrDefault(question, (question, 0));
        var vector = TestEmbeddingGenerator.RandomVector(meaning, Dimensions);
        var other = TestEmbeddingGenerator.RandomVector(question + "/noise", Dimensions);
        return [.. vector.Zip(other, (a, b) => a + (noise * b))];
    }

    /// <summary>Asks, answers with the given text if need be, and returns what came of it.</summary>
    public async Task<SemanticCacheResult> AskAsync(SemanticCacheQuery query, string answer = "an answer") =>
        await Cache.GetOrCreateAsync(query, _ => Task.FromResult(Answer(answer)), TestContext.Current.CancellationToken);

    public MetricCollector<long> Counter(string name) => new(Meters, RagCachingDiagnostics.MeterName, name);

    public void Dispose()
    {
        _memory.Dispose();
        Meters.Dispose();
    }
}
