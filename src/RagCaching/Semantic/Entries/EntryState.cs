namespace RagCaching.Semantic.Entries;

/// <summary>What is known about a stored answer besides the answer: the question it was given to, and what was reported about it.</summary>
internal sealed class EntryState
{
    /// <summary>How many questions an answer may be reported wrong for before it is removed altogether.</summary>
    public const int MaxRejected = 16;

    /// <summary>Gets the random part of the entry's id.</summary>
    public required string Nonce { get; init; }

    /// <summary>Gets the question that the answer was given to.</summary>
    public required string Question { get; init; }

    /// <summary>Gets how often the answer was reported as right.</summary>
    public int Right { get; init; }

    /// <summary>Gets how often the answer was reported as wrong.</summary>
    public int Wrong { get; init; }

    /// <summary>Gets the keys of the questions that the answer was reported as wrong for.</summary>
    public IReadOnlyList<string> Rejected { get; init; } = [];

    /// <summary>Gets the group of answers that say the same, or 0 for an answer that founded its own.</summary>
    public ulong Group { get; init; }

    /// <summary>Gets the group, which for an answer that founded its own is named by the first bits of its nonce.</summary>
    public ulong GroupOrOwn => Group != 0 ? Group : EntryId.GroupOf(Nonce);

    /// <summary>Adds a report.</summary>
    /// <returns>The new state, or <see langword="null"/> when the answer should go.</returns>
    public EntryState? With(string questionKey, string ownQuestionKey, bool correct)
    {
        if (correct)
        {
            return Copy(Right + 1, Wrong, [.. Rejected.Where(key => key != questionKey)]);
        }

        if (questionKey == ownQuestionKey)
        {
            return null;
        }

        var rejected = Rejected.Contains(questionKey) ? Rejected : [.. Rejected, questionKey];
        return rejected.Count > MaxRejected ? null : Copy(Right, Wrong + 1, rejected);
    }

    private EntryState Copy(int right, int wrong, IReadOnlyList<string> rejected) =>
        new() { Nonce = Nonce, Question = Question, Right = right, Wrong = wrong, Group = Group, Rejected = rejected };
}
