using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Tests.TestDoubles;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Running;

public sealed class TimingsTests : IDisposable
{
    private const string Question = "What does premium cost?";

    private readonly PipelineFixture _fixture = new();
    private readonly TaskCompletionSource _hasFirstToken = new();

    public TimingsTests()
    {
        // Every part takes its time on the fake clock.
        _fixture.Cache.Generator.GenerateCallback = (batch, _, _) => After(10, _fixture.Cache.Generator.Generate(batch));
        _fixture.Retriever.Callback = async (request, token) =>
        {
            await request.GetVectorAsync(token);
            return await After<IReadOnlyList<RetrievedChunk>>(20, [.. _fixture.Retriever.Chunks]);
        };
        _fixture.Chat.ResponseCallback = (_, _, _) => After(40, CacheFixture.Answer("Ten."));
        _fixture.Chat.StreamCallback = (_, _, _) => StreamAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Ask_Miss_TimesEachStage()
    {
        var timings = (await _fixture.AskAsync(Question)).Timings;

        // The cache embeds with the generator itself, the retriever through the embedding cache: 10 ms each, of which one is waited for by the lookup.
        Assert.Equal(TimeSpan.FromMilliseconds(10), timings.Embedding);
        Assert.Equal(TimeSpan.Zero, timings.CacheLookup);
        Assert.Equal(TimeSpan.FromMilliseconds(20), timings.Retrieval);
        Assert.Equal(TimeSpan.FromMilliseconds(40), timings.Generation);
        Assert.Equal(timings.Total, timings.TimeToFirstToken);
        Assert.Equal(TimeSpan.FromMilliseconds(80), timings.Total);
    }

    [Fact]
    public async Task Stream_Miss_TimesTheFirstToken()
    {
        var stream = _fixture.Pipeline.StreamAsync(Question, cancellationToken: Token);
        await using (var reader = stream.GetAsyncEnumerator(Token))
        {
            await reader.MoveNextAsync();
            _hasFirstToken.SetResult();
            while (await reader.MoveNextAsync())
            {
            }
        }

        var timings = (await stream.Completion).Timings;


        Assert.Equal(TimeSpan.FromMilliseconds(45), timings.TimeToFirstToken);
        Assert.Equal(TimeSpan.FromMilliseconds(40), timings.Generation);
        Assert.Equal(TimeSpan.FromMilliseconds(80), timings.Total);
    }

    [Fact]
    public async Task Ask_Hit_HasNoRetrievalAndNoGeneration()
    {
        await _fixture.AskAsync(Question);

        var timings = (await _fixture.AskAsync(Question)).Timings;

        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero), (timings.Embedding, timings.Retrieval, timings.Generation));
    }

    [Fact]
    public async Task Ask_Stages_AreMeasuredAndTraced()
    {
        using var stages = new MetricCollector<double>(_fixture.Cache.Meters, RagCachingDiagnostics.MeterName, PipelineNames.Instruments.StageDuration);
        using var durations = new MetricCollector<double>(_fixture.Cache.Meters, RagCachingDiagnostics.MeterName, PipelineNames.Instruments.Duration);
        using var source = new ActivitySource("test");
        var spans = new ConcurrentQueue<(string Name, ActivityTraceId Trace)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name is RagCachingDiagnostics.ActivitySourceName or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => spans.Enqueue((activity.OperationName, activity.TraceId)),
        };
        ActivitySource.AddActivityListener(listener);
        using (var root = source.StartActivity("root"))
        {
            await _fixture.AskAsync(Question);

            Assert.Equal(
                ["ragcaching.lookup", PipelineNames.Spans.Answer, PipelineNames.Spans.Generation, PipelineNames.Spans.Retrieval, PipelineNames.Spans.Retriever],
                spans.Where(span => span.Trace == root!.TraceId).Select(span => span.Name).Order(StringComparer.Ordinal));
        }

        Assert.Equal(
            ["embedding:0.01", "first_token:0.08", "generation:0.04", "retrieval:0.02"],
            stages.GetMeasurementSnapshot().Select(stage => FormattableString.Invariant($"{stage.Tags[PipelineNames.Tags.Stage]}:{stage.Value}")).Order(StringComparer.Ordinal));
        Assert.Equal(("Miss", 0.08), (durations.LastMeasurement!.Tags[PipelineNames.Tags.Outcome], durations.LastMeasurement.Value));
    }

    private Task<T> After<T>(int milliseconds, T result)
    {
        _fixture.Cache.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return Task.FromResult(result);
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync()
    {
        yield return await After(5, new ChatResponseUpdate(ChatRole.Assistant, "Ten"));
        await _hasFirstToken.Task;
        yield return await After(35, new ChatResponseUpdate(ChatRole.Assistant, ".") { FinishReason = ChatFinishReason.Stop });
    }
}
