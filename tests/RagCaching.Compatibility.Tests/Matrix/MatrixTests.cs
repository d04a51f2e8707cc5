using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OpenAI;
using RagCaching.Compatibility.Tests.Wire;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Compatibility.Tests.Matrix;

/// <summary>One row of the matrix in <c>docs/compatibility.md</c>: what comes of questions in one arrangement, over real HTTP. Each cell is a test.</summary>
public abstract class MatrixTests : IAsyncLifetime
{
    protected const string Question = "What is a cache?";
    protected const string Reworded = "Can you tell me what a cache is?";
    protected const string Answer = "A cache is a memory.";
    private const int Callers = 5;

    private ScriptedModel? _model;
    private IChatClient? _client;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What the page says of the arrangement.</summary>
    internal virtual Expected Expected => Expected.All;

    /// <summary>How often the model is asked for one answer.</summary>
    protected virtual int CallsPerAnswer => 1;

    /// <summary>Whether an answer loses on the way to its caller where it came from; then the calls of the model tell alone.</summary>
    protected virtual bool LosesItsOrigin => false;

    protected virtual ChatOptions? Options => null;

    private protected CacheFixture Cache { get; } = new();

    private protected ScriptedModel Model => _model!;

    protected IChatClient Client => _client ??= NewClient();

    public async ValueTask InitializeAsync()
    {
        _model = await ScriptedModel.StartAsync();
        _model.Script = Reply;
        Cache.SameMeaning(Question, Reworded);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _client?.Dispose();
        Cache.Dispose();
        await Model.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Exact(bool streams)
    {
        await AskAsync(Question, streams);
        var again = await AskAsync(Question, streams);
        var otherWay = await AskAsync(Question, !streams);

        Check(Expected.Exact, again, otherWay);
        Assert.Equal(SaysHit(Expected.Exact) ? CallsPerAnswer : 3 * CallsPerAnswer, Model.Calls);
        Assert.All((Seen[])[again, otherWay], seen => Assert.Equal(Answer, seen.Text));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Meaning(bool streams)
    {
        await AskAsync(Question, streams);
        var reworded = await AskAsync(Reworded, streams);

        Check(Expected.Meaning, reworded);
        Assert.Equal(Answer, reworded.Text);
        Assert.Equal(SaysHit(Expected.Meaning) ? CallsPerAnswer : 2 * CallsPerAnswer, Model.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task InFlight(bool streams)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Model.Gate = gate.Task;
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => AskAsync(Question, streams), Token)).ToArray();
        var lookups = SaysHit(Expected.InFlight) ? Callers : 0;
        while (Model.Calls == 0 || Cache.Store.CountOf(nameof(IVectorStore.GetAsync)) < lookups)
        {
            await Task.Yield();
        }

        gate.SetResult();
        var seen = await Task.WhenAll(callers);

        Assert.All(seen, one => Assert.Equal(Answer, one.Text));
        Assert.Equal(SaysHit(Expected.InFlight) ? CallsPerAnswer : Callers * CallsPerAnswer, Model.Calls);
        Check(Expected.InFlight, [.. seen.OrderBy(one => one.IsHit).Skip(1)]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fidelity(bool streams)
    {
        var first = await AskAsync(Question, streams);
        var again = await AskAsync(Question, streams);

        Assert.Equal(Expected.Same, Expected.Fidelity);
        Assert.Equal(Kept(first.Contents), again.Contents);
        Assert.Equal(first.ModelId, again.ModelId);
        CheckFidelity(again);
    }

    /// <summary>Makes a client that has the cache in it and asks <see cref="Model"/>.</summary>
    protected abstract IChatClient NewClient();

    private protected virtual ScriptedReply Reply(JsonElement request) => new(Answer);

    private protected virtual async Task<Seen> AskAsync(string question, bool streams) => Seen.Of(streams
        ? await Client.GetStreamingResponseAsync(MessagesOf(question), Options, Token).ToChatResponseAsync(Token)
        : await Client.GetResponseAsync(MessagesOf(question), Options, Token));

    protected virtual IEnumerable<ChatMessage> MessagesOf(string question) => [new ChatMessage(ChatRole.User, question)];

    /// <summary>What of the contents of a new answer a stored one has.</summary>
    protected virtual IEnumerable<string> Kept(IReadOnlyList<string> contents) => contents;

    private protected virtual void CheckFidelity(Seen again) => Assert.Equal(Answer, again.Text);

    protected OpenAIClient NewOpenAI() => new(
        new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = Model.Endpoint, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });

    protected IChatClient Cached(IChatClient inner, SemanticCachingChatClientOptions? options = null) => new SemanticCachingChatClient(inner, Cache.Cache, options, Cache.Services);

    private static bool SaysHit(string expected) => expected is Expected.Hit or Expected.Shared;

    // Whatever is not served says why, in the answer and once in the log.
    private void Check(string expected, params Seen[] seen)
    {
        if (SaysHit(expected))
        {
            Assert.All(seen, one => Assert.True(one.IsHit || (LosesItsOrigin && one.Result is null), $"{one.Result?.Outcome}, {one.Result?.Reason}"));
            return;
        }

        Assert.Single(Cache.Logs.GetSnapshot(), record => record.Level >= LogLevel.Warning && record.Message.Contains($": {expected}.", StringComparison.Ordinal));
    }
}
