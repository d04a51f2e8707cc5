using RagCaching.Quality.Data;

namespace RagCaching.Quality.Streams;

/// <summary>A lexical guard that knows the answers, and counts what it refuses rightly and wrongly. For one stream at a time.</summary>
internal sealed class CountedGuard(QuestionSet questions) : IMatchGuard
{
    private readonly LexicalGuard _guard = new();
    private readonly Dictionary<string, int> _rows = Enumerable.Range(0, questions.Count).DistinctBy(row => questions.Texts[row]).ToDictionary(row => questions.Texts[row]);

    public string Name => _guard.Name;

    /// <summary>Gets how many candidates were refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Gets how many of those had a wrong answer.</summary>
    public long RefusedWrong { get; private set; }

    public bool Allows(string question, string candidate)
    {
        if (_guard.Allows(question, candidate))
        {
            return true;
        }

        Refused++;
        RefusedWrong += HaveOneAnswer(_rows[question], _rows[candidate]) ? 0 : 1;
        return false;
    }

    public void Reset() => (Refused, RefusedWrong) = (0, 0);

    private bool HaveOneAnswer(int row, int other) => questions.Answers[row] == questions.Answers[other] && !questions.HasNoAnswer[row];
}
