using Microsoft.Extensions.AI;
using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Caching;

/// <summary>What the caches of chunks and scores save in a day of personal prompts: counts, as the documentation has them.</summary>
public sealed class SavedCallsTests : IDisposable
{
    private const int Users = 20;

    // Four questions, each in three wordings; every user asks all of them, and every answer is personal.
    private static readonly string[][] Questions =
    [
        ["What does premium cost?", "What does the premium cost?", "what does premium cost"],
        ["How do I reset my password?", "How can I reset my password?", "how do i reset my password"],
        ["Where is the office?", "Where is your office?", "where is the office"],
        ["Who signs the invoices?", "Who signs invoices?", "who signs the invoices"],
    ];

    private readonly PipelineFixture _fixture = new();
    private readonly RerankerDouble _reranker = new();
    private readonly HashSet<string> _retrieved = [];

    public SavedCallsTests()
    {
        _fixture.Services.Add<IReranker>(_reranker);
        foreach (var wordings in Questions)
        {
            _fixture.Cache.SameMeaning(wordings);
        }

        _fixture.Retriever.Callback = async (request, token) =>
        {
            await request.GetVectorAsync(token);
            _retrieved.Add(request.Question);
            return [RetrieverDouble.Chunk("c1"), RetrieverDouble.Chunk("c2")];
        };
    }

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(false, 240, 240, 12, 240)]
    [InlineData(true, 4, 4, 12, 240)]
    public async Task Ask_PersonalPrompts_CostAsManyCallsAsThereAreMeanings(bool keeps, int retrievals, int rerankings, int embeddings, int answers)
    {
        _fixture.Options.RetrievalCache.Enabled = keeps;
        _fixture.Options.RetrievalCache.ShareAcrossCallers = true;
        _fixture.Options.Reranking.CacheScores = keeps;

        for (var user = 0; user < Users; user++)
        {
            foreach (var question in Questions.SelectMany(wordings => wordings))
            {
                await _fixture.Pipeline.AskAsync(
                    [new ChatMessage(ChatRole.System, $"You talk to user {user}."), new ChatMessage(ChatRole.User, question)], PipelineFixture.Personal, TestContext.Current.CancellationToken);
            }
        }

        Assert.Equal((retrievals, rerankings, embeddings, answers), (_fixture.Retriever.Calls, _reranker.Calls, _fixture.Cache.Generator.Calls, _fixture.Chat.Calls));
        Assert.Equal([.. keeps ? Questions.Select(wordings => wordings[0]) : Questions.SelectMany(wordings => wordings)], _retrieved);
    }
}
