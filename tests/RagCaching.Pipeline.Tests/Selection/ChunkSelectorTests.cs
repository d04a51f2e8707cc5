using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Selection;
using RagCaching.Pipeline.Tests.TestDoubles;
using static RagCaching.Pipeline.Tests.TestDoubles.RetrieverDouble;

namespace RagCaching.Pipeline.Tests.Selection;

public sealed class ChunkSelectorTests : IDisposable
{
    private readonly PipelineFixture _fixture = new();

    private ChunkSelectionOptions Selection => _fixture.Options.Selection;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Select_LowScore_IsLeftOut()
    {
        Selection.MinimumRelativeScore = 0.5;

        Assert.Equal("ab", await SelectAsync(Chunk("a", score: 0.8), Chunk("b", score: 0.4), Chunk("c", score: 0.39)));
    }

    [Fact]
    public async Task Select_MoreThanMaxChunks_TakesTheBest()
    {
        Selection.MaxChunks = 2;

        Assert.Equal("ab", await SelectAsync(Chunk("a"), Chunk("b"), Chunk("c")));
    }

    [Fact]
    public async Task Select_TokenBudget_SkipsWhatDoesNotFit()
    {
        (Selection.MaxTokens, Selection.TokenCounter) = (10, text => text.Length);

        Assert.Equal("acd", await SelectAsync(Chunk("a", "12345"), Chunk("b", "123456"), Chunk("c", "123"), Chunk("d", "12"), Chunk("e", "1")));
    }

    [Fact]
    public async Task Select_BestChunkBeyondTheBudget_IsTakenAlone()
    {
        (Selection.MaxTokens, Selection.TokenCounter) = (3, text => text.Length);

        Assert.Equal("a", await SelectAsync(Chunk("a", "12345"), Chunk("b", "1")));
    }

    [Fact]
    public async Task Select_WithoutACounter_TakesAQuarterOfTheCharacters()
    {
        Selection.MaxTokens = 3;

        Assert.Equal("ac", await SelectAsync(Chunk("a", "12345678"), Chunk("b", "12345"), Chunk("c", "1234")));
    }

    [Fact]
    public async Task Select_Diversity_PutsNearDuplicatesBack()
    {
        // "b" repeats "a"; "c" is a little less near to the question and says something else.
        _fixture.Cache.Generator.Vector = text => text switch { "a" => [1, 0.1f, 0], "b" => [1, 0.11f, 0], "c" => [0.9f, 0, 0.5f], _ => [1, 0, 0] };
        RetrievedChunk[] chunks = [Chunk("a", "a"), Chunk("b", "b"), Chunk("c", "c")];

        Assert.Equal("abc", await SelectAsync(chunks));
        Selection.Diversity = 0.5;
        Assert.Equal("acb", await SelectAsync(chunks));
    }

    [Fact]
    public async Task Select_DiversityWithoutAVector_KeepsTheOrder()
    {
        Selection.Diversity = 0.5;
        _fixture.Cache.Generator.GenerateCallback = (_, _, _) => throw new HttpRequestException();

        Assert.Equal("ab", await SelectAsync(Chunk("a"), Chunk("b")));
        Assert.Single(_fixture.Cache.Logs.GetSnapshot(), record => record.Id.Id == PipelineLog.NotDiversifiedId);
    }

    [Fact]
    public void Order_AnyDiversity_IsAPermutationThatStartsWithTheNearest()
    {
        var random = new Random(7);
        ReadOnlyMemory<float> Vector() => Enumerable.Range(0, 8).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var question = Vector();
        ReadOnlyMemory<float>[] chunks = [.. Enumerable.Range(0, 20).Select(_ => Vector())];
        var nearest = Enumerable.Range(0, 20).MaxBy(index => System.Numerics.Tensors.TensorPrimitives.CosineSimilarity(question.Span, chunks[index].Span));

        foreach (var diversity in new[] { 0, 0.3, 0.9 })
        {
            var order = MarginalRelevance.Order(question, chunks, diversity).ToArray();

            Assert.Equal(Enumerable.Range(0, 20), order.Order());
            Assert.Equal(nearest, order[0]);
        }
    }

    private async Task<string> SelectAsync(params RetrievedChunk[] chunks)
    {
        _fixture.Retriever.Chunks.Clear();
        _fixture.Retriever.Chunks.AddRange(chunks);
        var answer = await _fixture.NewPipeline(NullSemanticCache.Instance).AskAsync("question", cancellationToken: TestContext.Current.CancellationToken);
        return string.Concat(answer.Chunks.Select(chunk => chunk.Id));
    }
}
