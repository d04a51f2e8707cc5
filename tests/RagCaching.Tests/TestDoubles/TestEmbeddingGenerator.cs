using Microsoft.Extensions.AI;

namespace RagCaching.Tests.TestDoubles;

/// <summary>A generator whose behaviour a test sets; by default every text gets a vector that depends on the text alone.</summary>
internal sealed class TestEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly Lock _lock = new();
    private readonly List<IReadOnlyList<string>> _batches = [];

    /// <summary>What the generator says of itself; <see langword="null"/> for nothing.</summary>
    public EmbeddingGeneratorMetadata? Metadata { get; set; } = new("test", new Uri("http://localhost"), "test-model", DefaultDimensions);

    /// <summary>Replaces the answer to a call.</summary>
    public Func<IReadOnlyList<string>, EmbeddingGenerationOptions?, CancellationToken, Task<GeneratedEmbeddings<Embedding<float>>>>? GenerateCallback { get; set; }

    /// <summary>Replaces the vector of a text.</summary>
    public Func<string, float[]> Vector { get; set; } = text => RandomVector(text, DefaultDimensions);

    /// <summary>The batches that arrived, in order.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Batches
    {
        get
        {
            lock (_lock)
            {
                return [.. _batches];
            }
        }
    }

    public int Calls => Batches.Count;

    public bool Disposed { get; private set; }

    private const int DefaultDimensions = 16;

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var batch = values.ToArray();
        lock (_lock)
        {
            _batches.Add(batch);
        }

        return GenerateCallback is { } callback ? await callback(batch, options, cancellationToken) : Generate(batch);
    }

    /// <summary>The default answer, for callbacks that only want to do something before it.</summary>
    public GeneratedEmbeddings<Embedding<float>> Generate(IReadOnlyList<string> batch) =>
        new(batch.Select(text => new Embedding<float>(Vector(text)) { ModelId = Metadata?.DefaultModelId }))
        {
            Usage = new UsageDetails { InputTokenCount = batch.Count, TotalTokenCount = batch.Count },
        };

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata
        : serviceKey is null && serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose() => Disposed = true;

    /// <summary>A vector with components in [-1, 1) that depends on the text alone, in every process.</summary>
    public static float[] RandomVector(string text, int dimensions)
    {
        // string.GetHashCode differs from run to run; this does not.
        var seed = text.Aggregate(17, (hash, character) => unchecked((hash * 31) + character));
        var random = new Random(seed);
        return [.. Enumerable.Range(0, dimensions).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
