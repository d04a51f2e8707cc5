using CsCheck;
using RagCaching.Pipeline.Retrieval;
using static RagCaching.Pipeline.Tests.TestDoubles.RetrieverDouble;

namespace RagCaching.Pipeline.Tests.Retrieval;

public sealed class RankFusionTests
{
    [Fact]
    public void Fuse_FoundByTwo_ComesBeforeWhatOneRankedFirst()
    {
        var fused = RankFusion.Fuse([[Chunk("a"), Chunk("shared")], [Chunk("b"), Chunk("shared")]], limit: 10);

        Assert.Equal(["shared", "a", "b"], fused.Select(chunk => chunk.Chunk.Id));
        Assert.Equal(2.0 / 62, fused[0].FusedScore, 12);
        Assert.Equal(1.0 / 61, fused[1].FusedScore, 12);
    }

    [Fact]
    public void Fuse_SameTextUnderAnotherId_IsOneChunk()
    {
        var fused = RankFusion.Fuse([[Chunk("a", "same")], [Chunk("b", "other"), Chunk("c", "same")]], limit: 10);

        Assert.Equal(["a", "b"], fused.Select(chunk => chunk.Chunk.Id));
    }

    [Fact]
    public void Fuse_DuplicatesWithinAList_CountOnceAndTakeNoPlace()
    {
        var fused = RankFusion.Fuse([[Chunk("a"), Chunk("a"), Chunk("b")]], limit: 10);

        Assert.Equal([1.0 / 61, 1.0 / 62], fused.Select(chunk => chunk.FusedScore));
    }

    [Fact]
    public void Fuse_Scores_AreComparedWithinTheirOwnListOnly()
    {
        var fused = RankFusion.Fuse(
            [[Chunk("a", score: 0.8), Chunk("b", score: 0.2)], [Chunk("c", score: 20), Chunk("d", score: 5), Chunk("e", score: -1), Chunk("f")]], limit: 10)
            .ToDictionary(chunk => chunk.Chunk.Id, chunk => chunk.RelativeScore);

        Assert.Equal(1, fused["a"]);
        Assert.Equal(0.25, fused["b"], 12);
        Assert.Equal((1.0, 0.25, 0.0, 1.0), (fused["c"], fused["d"], fused["e"], fused["f"]));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-3.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Fuse_ScoresThatMeanNothing_SpeakAgainstNothing(double best)
    {
        var fused = RankFusion.Fuse([[Chunk("a", score: best), Chunk("b", score: best)]], limit: 10);

        Assert.All(fused, chunk => Assert.InRange(chunk.RelativeScore, 0, 1));
        Assert.Equal(["a", "b"], fused.Select(chunk => chunk.Chunk.Id));
    }

    [Fact]
    public void Fuse_MoreThanTheLimit_CountsTheBestOfEachList()
    {
        var fused = RankFusion.Fuse([[Chunk("a"), Chunk("b"), Chunk("c")], [Chunk("d"), Chunk("e")]], limit: 1);

        Assert.Equal(["a", "d"], fused.Select(chunk => chunk.Chunk.Id));
    }

    [Fact]
    public void Fuse_Nothing_IsNothing() => Assert.Empty(RankFusion.Fuse([[], []], limit: 5));

    [Fact]
    public void Fuse_AnyLists_EqualsTheDefinition() =>
        Gen.Int[0, 12].Array[0, 10].Array[0, 4].Sample(lists =>
        {
            var unique = lists.Select(list => list.Distinct().ToArray()).ToArray();
            var expected = unique.SelectMany(list => list).Distinct().ToDictionary(
                id => $"{id}", id => unique.Where(list => list.Contains(id)).Sum(list => 1.0 / (60 + Array.IndexOf(list, id) + 1)));

            var fused = RankFusion.Fuse(lists.Select(list => (IReadOnlyList<RetrievedChunk>)[.. list.Select(id => Chunk($"{id}"))]), limit: 100);

            Assert.Equal(expected.Count, fused.Count);
            Assert.All(fused, chunk => Assert.Equal(expected[chunk.Chunk.Id], chunk.FusedScore, 12));
            Assert.Equal(fused.Select(chunk => chunk.FusedScore).OrderDescending(), fused.Select(chunk => chunk.FusedScore));
        });
}
