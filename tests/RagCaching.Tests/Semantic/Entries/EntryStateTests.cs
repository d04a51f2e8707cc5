using RagCaching.Semantic.Entries;

namespace RagCaching.Tests.Semantic.Entries;

public sealed class EntryStateTests
{
    private readonly EntryState _state = new() { Nonce = EntryId.New("p", "q").Nonce, Question = "Is it safe?", Group = 7 };

    [Fact]
    public void With_WrongForOneQuestionMoreThanItKeeps_IsToGo()
    {
        var state = _state;
        for (var i = 0; i < EntryState.MaxRejected; i++)
        {
            state = state!.With($"other {i}", "own", correct: false);
        }

        Assert.Equal((EntryState.MaxRejected, EntryState.MaxRejected), (state!.Rejected.Count, state.Wrong));
        Assert.Null(state.With("one too many", "own", correct: false));
    }

    [Fact]
    public void With_WrongForOneQuestionAgainAndAgain_KeepsItOnce()
    {
        var state = _state;
        for (var i = 0; i < 100; i++)
        {
            state = state!.With("other", "own", correct: false);
        }

        Assert.Equal(["other"], state!.Rejected);
        Assert.Equal(100, state.Wrong);
    }

    [Fact]
    public void With_WrongForItsOwnQuestion_IsToGo() => Assert.Null(_state.With("own", "own", correct: false));

    [Fact]
    public void With_RightAfterWrong_TakesTheQuestionOffAndKeepsTheRest()
    {
        var state = _state.With("one", "own", correct: false)!.With("two", "own", correct: false)!.With("one", "own", correct: true)!;

        Assert.Equal(["two"], state.Rejected);
        Assert.Equal((1, 2, 7UL, _state.Nonce, _state.Question), (state.Right, state.Wrong, state.Group, state.Nonce, state.Question));
    }
}
