using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.Onnx.Tests.TestDoubles;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Onnx.Tests;

/// <summary>A question that the encoder refuses costs the application a counted miss, and never an exception.</summary>
public sealed class UnreadableQuestionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", SemanticCacheOutcome.Bypass, SemanticCacheReason.BlankQuestion, 0)]
    [InlineData("   ", SemanticCacheOutcome.Bypass, SemanticCacheReason.BlankQuestion, 0)]
    [InlineData("\u0007\u0001", SemanticCacheOutcome.Miss, SemanticCacheReason.Unavailable, 1)]
    [InlineData("red", SemanticCacheOutcome.Miss, SemanticCacheReason.NoCandidates, 0)]
    public async Task GetOrCreate_NothingToRead_IsAnsweredAndCounted(string question, SemanticCacheOutcome outcome, SemanticCacheReason reason, int failures)
    {
        using var folder = ModelFolder.OfTokens();
        using var meters = new TestMeterFactory();
        var services = new ServiceCollection().AddSingleton<IMeterFactory>(meters);
        services.AddRagCaching(options => options.ShareAcrossCallers = true).UseOnnxEmbeddings(folder.Path);
        await using var provider = services.BuildServiceProvider();
        long counted = 0, requests = 0;
        using var ofFailures = Listeners.Count(meters, "ragcaching.cache.failures", count => Interlocked.Add(ref counted, count));
        using var ofRequests = Listeners.Count(meters, "ragcaching.cache.requests", count => Interlocked.Add(ref requests, count));

        var result = await provider.GetRequiredService<ISemanticCache>().GetOrCreateAsync(
            new SemanticCacheQuery(question), (_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "an answer")) { FinishReason = ChatFinishReason.Stop }), Token);

        Assert.Equal("an answer", result.Response!.Text);
        Assert.Equal((outcome, reason), (result.Outcome, result.Reason));
        Assert.Equal(failures, Math.Min(counted, 1));
        Assert.NotEqual(0, requests);
    }
}
