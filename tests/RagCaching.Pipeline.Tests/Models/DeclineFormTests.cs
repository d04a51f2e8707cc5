using RagCaching.Pipeline.Models;
using RagCaching.Pipeline.Tests.TestDoubles;

namespace RagCaching.Pipeline.Tests.Models;

public sealed class DeclineFormTests
{
    [Theory]
    [InlineData("NO_ANSWER")]
    [InlineData("\"NO_ANSWER\"")]
    [InlineData("**NO_ANSWER**")]
    [InlineData("no_answer")]
    [InlineData("`No_Answer`.")]
    [InlineData("Answer: NO_ANSWER")]
    [InlineData("Antwort: **NO_ANSWER**")]
    [InlineData("答案：NO_ANSWER")]
    [InlineData("<think>The context is about trains.</think>\nNO_ANSWER")]
    [InlineData("NO_ANSWER. The context says nothing.")]
    [InlineData("No answer.")]
    public void Declines_MarkerInAnyForm_IsSeenWholeAndInPieces(string answer)
    {
        Assert.True(DeclineWatch.Declines(answer));
        Assert.True(Watch(answer).IsDeclined);
    }

    [Theory]
    [InlineData("No answer was given by the minister.")]
    [InlineData("No, premium costs ten.")]
    [InlineData("NOBODY knows.")]
    [InlineData("The answer is ten.")]
    [InlineData("<think>Could be NO_ANSWER.</think>Ten.")]
    [InlineData("十。")]
    [InlineData("")]
    public void Declines_AnswerThatBeginsAlike_IsShown(string answer)
    {
        Assert.False(DeclineWatch.Declines(answer));
        Assert.False(Watch(answer).IsDeclined);
    }

    [Fact]
    public void UseSmallModel_Defaults_FitTheSelection()
    {
        Assert.True(new SmallModelSelectorOptions().MaxChunks >= new ChunkSelectionOptions().MaxChunks);
    }

    [Theory]
    [InlineData(6, 0)]
    [InlineData(4, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(5, 1)]
    [InlineData(7, 0)]
    [InlineData(1_000, 0)]
    public void Pipeline_SmallModelMayHaveFewerChunksThanAreChosen_SaysSoAtStart(int allowed, int times)
    {
        using var fixture = new PipelineFixture();
        fixture.Services.Add<IModelSelector>(new SmallModelSelector("small", "large", new SmallModelSelectorOptions { MaxChunks = allowed }));

        _ = fixture.Pipeline;

        Assert.Equal(times, fixture.Cache.Logs.GetSnapshot().Count(record => record.Id.Id == 4007));
    }

    private static DeclineWatch Watch(string answer)
    {
        var watch = new DeclineWatch();
        foreach (var character in answer)
        {
            watch.Add(character.ToString());
        }

        watch.End();
        return watch;
    }
}
