using Microsoft.Extensions.AI;
using RagCaching.Pipeline.Running;
using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Running;

/// <summary>A hit names the chunks that its answer was built on.</summary>
public sealed class HitChunksTests : IDisposable
{
    private const string Question = "What does premium cost?";

    private readonly PipelineFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "Premium costs ten.")]
    public async Task Hit_OfAWholeAnswer_HasItsChunksAndTheirTextsIfWanted(bool keepsTexts, string text)
    {
        _fixture.Options.KeepChunkTexts = keepsTexts;
        _fixture.Retriever.Chunks.Add(RetrieverDouble.Chunk("c\"2", "Premium [costs] ten.", "other \u00e9", score: 0.8));
        _fixture.Cache.SameMeaning(Question, "How much is premium?");
        var first = await _fixture.AskAsync(Question);
        _fixture.Retriever.Chunks.Clear();

        var exact = await _fixture.AskAsync(Question);
        var near = await _fixture.AskAsync("How much is premium?");
        var (_, streamed) = await _fixture.StreamAsync(Question);

        Assert.Equal(["Premium costs ten.", "Premium [costs] ten."], first.Chunks.Select(chunk => chunk.Text));
        Assert.All(
            [exact, near, streamed],
            hit =>
            {
                Assert.True(hit.IsHit);
                Assert.Equal([("c1", "prices", "v1"), ("c\"2", "other \u00e9", null)], hit.Chunks.Select(chunk => (chunk.Id, chunk.SourceId, chunk.SourceVersion)));
                Assert.Equal(text, hit.Chunks[0].Text);
                Assert.Null(hit.Chunks[0].Score);
            });
    }

    [Fact]
    public async Task Hit_OfAStreamedAnswer_HasItsChunks()
    {
        await _fixture.StreamAsync(Question);

        var (_, again) = await _fixture.StreamAsync(Question);

        Assert.Equal("c1", Assert.Single(again.Chunks).Id);
    }

    [Fact]
    public async Task Hit_NothingWasRetrieved_HasNoChunks()
    {
        _fixture.Options.NoChunks = NoChunksBehavior.AnswerWithoutContext;
        _fixture.Retriever.Chunks.Clear();
        await _fixture.AskAsync(Question);

        var again = await _fixture.AskAsync(Question);

        Assert.True(again.IsHit);
        Assert.Empty(again.Chunks);
    }

    [Fact]
    public void AddTo_PropertiesOfTheModel_StayAndAreNotChanged()
    {
        var own = new AdditionalPropertiesDictionary { ["of the model"] = "kept" };

        var added = ChunkRecord.AddTo(own, [RetrieverDouble.Chunk("c1")], withTexts: false)!;

        Assert.Equal("kept", added["of the model"]);
        Assert.Single(own);
        Assert.Same(own, ChunkRecord.AddTo(own, [], withTexts: true));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[[]]")]
    [InlineData("[[\"a\",\"b\"]]")]
    [InlineData("[[1,2,3]]")]
    [InlineData(7)]
    [InlineData(null)]
    public void Read_SomethingElse_IsNoChunk(object? value) => Assert.Empty(ChunkRecord.Read(new AdditionalPropertiesDictionary { [ChunkRecord.Property] = value }));
}
