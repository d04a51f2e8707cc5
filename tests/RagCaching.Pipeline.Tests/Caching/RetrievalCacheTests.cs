using Microsoft.Extensions.AI;
using RagCaching.Pipeline.Caching;
using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Caching;

/// <summary>What is found again, and by which questions.</summary>
public sealed class RetrievalCacheTests : IDisposable
{
    private const string Question = "What does premium cost?";
    private const string Reworded = "What does the premium cost?";

    private readonly PipelineFixture _fixture = new();

    public RetrievalCacheTests() => _fixture.KeepChunks();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Ask_SameQuestionOfAPersonalPrompt_IsAnsweredAnewFromTheSameChunksWithoutEmbedding()
    {
        _fixture.Retriever.Callback = async (request, token) =>
        {
            await request.GetVectorAsync(token);
            return [.. _fixture.Retriever.Chunks];
        };
        var first = await _fixture.AskAsync(Question, PipelineFixture.Personal);
        await _fixture.Embedder.RemoveAsync(Question, cancellationToken: TestContext.Current.CancellationToken);
        var embeddings = _fixture.Cache.Generator.Calls;

        var second = await _fixture.AskAsync(Question, PipelineFixture.Personal);

        Assert.Equal((1, 2, embeddings), (_fixture.Retriever.Calls, _fixture.Chat.Calls, _fixture.Cache.Generator.Calls));
        Assert.Equal(("answer 1", "answer 2"), (first.Text, second.Text));
        var (was, now) = (Assert.Single(first.Chunks), Assert.Single(second.Chunks));
        Assert.Equal((was.Id, was.Text, was.SourceId, was.SourceVersion, was.Score), (now.Id, now.Text, now.SourceId, now.SourceVersion, now.Score));
    }

    [Fact]
    public async Task Ask_OffByDefault_RetrievesEachTime()
    {
        _fixture.Options.RetrievalCache.Enabled = new RetrievalCacheOptions().Enabled;

        await _fixture.AskAsync(Question, PipelineFixture.Personal);
        await _fixture.AskAsync(Question, PipelineFixture.Personal);

        Assert.Equal(2, _fixture.Retriever.Calls);
    }

    [Theory]
    [InlineData(0.05f, 1)]
    [InlineData(0.3f, 2)]
    public async Task Ask_OtherWords_AreServedAboveTheOwnFloorOnly(float noise, int retrievals)
    {
        // About 0.999 and 0.95: the latter would do for an answer.
        _fixture.Cache.NearMeaning(Reworded, Question, noise);

        await _fixture.AskAsync(Question, PipelineFixture.Personal);
        await _fixture.AskAsync(Reworded, PipelineFixture.Personal);

        Assert.Equal(retrievals, _fixture.Retriever.Calls);
    }

    [Fact]
    public async Task Ask_OtherWordsThatTheGuardTellsApart_AreRetrievedAnew()
    {
        const string ForThree = "What does premium cost for 3 users?";
        const string ForFour = "What does premium cost for 4 users?";
        Assert.False(new LexicalGuard().Allows(ForThree, ForFour));
        _fixture.Cache.SameMeaning(ForThree, ForFour);

        await _fixture.AskAsync(ForThree, PipelineFixture.Personal);
        await _fixture.AskAsync(ForFour, PipelineFixture.Personal);

        Assert.Equal(2, _fixture.Retriever.Calls);
    }

    [Fact]
    public async Task Ask_OtherWordsForTheSecondTime_NeedNoEmbedding()
    {
        _fixture.Cache.SameMeaning(Question, Reworded);
        await _fixture.AskAsync(Question, PipelineFixture.Personal);
        await _fixture.AskAsync(Reworded, PipelineFixture.Personal);
        await _fixture.Embedder.RemoveAsync(Reworded, cancellationToken: TestContext.Current.CancellationToken);
        var embeddings = _fixture.Cache.Generator.Calls;

        await _fixture.AskAsync(Reworded, PipelineFixture.Personal);

        Assert.Equal((1, embeddings), (_fixture.Retriever.Calls, _fixture.Cache.Generator.Calls));
    }

    [Fact]
    public async Task Ask_OtherWordsFoundBefore_DoNotServeAStricterRequest()
    {
        _fixture.Cache.SameMeaning(Question, Reworded);
        await _fixture.AskAsync(Question);
        await _fixture.AskAsync(Reworded, PipelineFixture.Personal);

        await _fixture.AskAsync(Reworded, new ChatOptions().WithSemanticCache(request => request.MinimumSimilarity = 1));

        Assert.Equal(2, _fixture.Retriever.Calls);
    }

    [Fact]
    public void Use_OfARequest_IsNeverLaxerThanTheOptions()
    {
        var options = new RetrievalCacheOptions();

        Assert.Equal(0.98f, RetrievalUse.Of(new SemanticCacheQuery(Question) { MinimumSimilarity = 0.5f }, isBypassed: false, options).MinimumSimilarity);
        Assert.Equal(0.99f, RetrievalUse.Of(new SemanticCacheQuery(Question) { MinimumSimilarity = 0.99f }, isBypassed: false, options).MinimumSimilarity);
        Assert.Null(RetrievalUse.Of(new SemanticCacheQuery(Question) { ExactOnly = true }, isBypassed: false, options).MinimumSimilarity);
    }

    [Fact]
    public async Task Ask_PromptsOfDifferentInstructions_ShareChunksAndNoAnswer()
    {
        foreach (var user in (string[])["Ada", "Bob", "Cai"])
        {
            var answer = await _fixture.Pipeline.AskAsync(
                [new ChatMessage(ChatRole.System, $"You talk to {user}."), new ChatMessage(ChatRole.User, Question)], cancellationToken: TestContext.Current.CancellationToken);
            Assert.False(answer.IsHit);
        }

        Assert.Equal((1, 3), (_fixture.Retriever.Calls, _fixture.Chat.Calls));
    }

    [Theory]
    [InlineData(SemanticCacheMode.ReadWrite, 1)]
    [InlineData(SemanticCacheMode.ReadOnly, 1)]
    [InlineData(SemanticCacheMode.Bypass, 1)]
    [InlineData(SemanticCacheMode.Refresh, 2)]
    public async Task Ask_Mode_SaysWhetherKeptChunksAreRead(SemanticCacheMode mode, int retrievals)
    {
        await _fixture.AskAsync(Question, PipelineFixture.Personal);

        await _fixture.AskAsync(Question, new ChatOptions().WithSemanticCache(request => request.Mode = mode));

        Assert.Equal(retrievals, _fixture.Retriever.Calls);
    }

    [Theory]
    [InlineData(SemanticCacheMode.Refresh, true, 1)]
    [InlineData(SemanticCacheMode.Bypass, true, 1)]
    [InlineData(SemanticCacheMode.ReadOnly, true, 2)]
    [InlineData(SemanticCacheMode.Bypass, false, 2)]
    public async Task Ask_Mode_SaysWhetherChunksAreKept(SemanticCacheMode mode, bool includesBypassed, int retrievals)
    {
        _fixture.Options.RetrievalCache.IncludeBypassed = includesBypassed;
        await _fixture.AskAsync(Question, new ChatOptions().WithSemanticCache(request => request.Mode = mode));

        await _fixture.AskAsync(Question, new ChatOptions { Temperature = 0.5f });

        Assert.Equal(retrievals, _fixture.Retriever.Calls);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task Ask_CacheStandsAsideByItself_CountsAsABypass(bool includesBypassed, int retrievals)
    {
        const string AboutNow = "What does premium cost today?";
        _fixture.Options.RetrievalCache.IncludeBypassed = includesBypassed;

        var answer = await _fixture.AskAsync(AboutNow);
        await _fixture.AskAsync(AboutNow);

        Assert.Equal((SemanticCacheReason.TimeSensitive, retrievals), (answer.Reason, _fixture.Retriever.Calls));
    }

    [Theory]
    [InlineData(false, null, 1)]
    [InlineData(true, null, 2)]
    [InlineData(false, 1f, 2)]
    public async Task Ask_OtherWordsOfABypassedRequest_FollowWhatItSaysOfMatching(bool exactOnly, float? minimumSimilarity, int retrievals)
    {
        _fixture.Cache.NearMeaning(Reworded, Question, 0.05f);
        await _fixture.AskAsync(Question, PipelineFixture.Personal);

        await _fixture.AskAsync(Reworded, new ChatOptions().WithSemanticCache(request =>
        {
            request.Mode = SemanticCacheMode.Bypass;
            request.ExactOnly = exactOnly;
            request.MinimumSimilarity = minimumSimilarity;
        }));

        Assert.Equal(retrievals, _fixture.Retriever.Calls);
    }

    [Fact]
    public async Task Ask_BypassedMessagesThatMeanNothingByThemselves_ShareNoChunks()
    {
        _fixture.Cache.SameMeaning("go on", "continue");

        await _fixture.AskAsync("go on", PipelineFixture.Personal);
        await _fixture.AskAsync("continue", PipelineFixture.Personal);

        Assert.Equal(2, _fixture.Retriever.Calls);
    }

    [Fact]
    public async Task Ask_MoreQuestionsThanEntries_KeepsNoMore()
    {
        _fixture.Options.RetrievalCache.MaxEntries = 2;
        foreach (var question in (string[])["Who?", "Where?", "When?", "Why?", "Who?", "Where?", "When?", "Why?"])
        {
            await _fixture.AskAsync(question, PipelineFixture.Personal);
        }

        Assert.InRange(_fixture.Retriever.Calls, 6, 8);
    }

    [Fact]
    public async Task Ask_MetadataAndScores_ComeBack()
    {
        _fixture.Retriever.Chunks.Clear();
        _fixture.Retriever.Chunks.Add(new RetrievedChunk { Id = "c1", Text = "Text \ud83d\ude00 and \ud800.", SourceId = "s", Score = double.PositiveInfinity, Metadata = new Dictionary<string, string> { ["page"] = "3" } });
        _fixture.Retriever.Chunks.Add(new RetrievedChunk { Id = "c2", Text = "", SourceId = "s" });

        await _fixture.AskAsync(Question, PipelineFixture.Personal);
        var chunks = (await _fixture.AskAsync(Question, PipelineFixture.Personal)).Chunks;

        Assert.Equal(1, _fixture.Retriever.Calls);
        Assert.Equal([("c1", "Text \ud83d\ude00 and \ud800.", double.PositiveInfinity), ("c2", "", (double?)null)], chunks.Select(chunk => (chunk.Id, chunk.Text, chunk.Score)));
        Assert.Equal("3", chunks[0].Metadata["page"]);
    }
}
