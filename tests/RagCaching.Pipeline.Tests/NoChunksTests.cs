using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests;

public sealed class NoChunksTests : IDisposable
{
    private readonly PipelineFixture _fixture = new();

    public NoChunksTests() => _fixture.Retriever.Chunks.Clear();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task SayNothingFound_AsksNoModelAndStoresNothing()
    {
        _fixture.Options.NothingFoundText = "Sorry, nothing.";

        var answer = await _fixture.AskAsync("Who pays?");
        var (updates, streamed) = await _fixture.StreamAsync("Who pays?");

        Assert.Equal(("Sorry, nothing.", null, SemanticCacheOutcome.Miss), (answer.Text, answer.ModelUsed, answer.Outcome));
        Assert.Equal("Sorry, nothing.", streamed.Text);
        Assert.Equal("Sorry, nothing.", string.Concat(updates.Select(update => update.Text)));
        Assert.Equal(0, _fixture.Chat.Calls);
        Assert.Empty(_fixture.Cache.Store.Written);
    }

    [Fact]
    public async Task AnswerWithoutContext_AsksTheModelAndKeepsTheAnswerShortly()
    {
        _fixture.Options.NoChunks = NoChunksBehavior.AnswerWithoutContext;

        var answer = await _fixture.AskAsync("Who pays?");

        Assert.Equal("answer 1", answer.Text);
        Assert.Equal("Who pays?", _fixture.Chat.Requests[0].Messages[^1].Text);
        Assert.True((await _fixture.AskAsync("Who pays?")).IsHit);
        _fixture.Cache.Time.Advance(_fixture.Options.PartialAnswerTimeToLive);
        Assert.False((await _fixture.AskAsync("Who pays?")).IsHit);
    }
}
