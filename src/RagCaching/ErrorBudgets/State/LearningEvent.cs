using RagCaching.ErrorBudgets.Model;

namespace RagCaching.ErrorBudgets.State;

/// <summary>Something that a budget has learnt, in the form in which other instances learn it, too.</summary>
internal sealed record LearningEvent
{
    /// <summary>Gets what happened.</summary>
    public required LearningEventKind Kind { get; init; }

    /// <summary>Gets the group of answers that it is about.</summary>
    public required ulong Group { get; init; }

    /// <summary>Gets when it happened.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Gets a value indicating whether the answer was right.</summary>
    public bool IsRight { get; init; }

    /// <summary>Gets what was seen; <see langword="null"/> where it is not known any more.</summary>
    public MatchFeatures? Features { get; init; }

    /// <summary>Gets why the question was answered anew: a number of <see cref="ExplorationKind"/>.</summary>
    public int Exploration { get; init; }

    /// <summary>Gets the probability that had been computed.</summary>
    public double Probability { get; init; }

    /// <summary>Gets a value indicating whether the budget allowed the answer.</summary>
    public bool WouldServe { get; init; }

    /// <summary>Gets what names the answer among all that were ever stored; empty where it does not matter.</summary>
    public string Nonce { get; init; } = "";

    /// <summary>Gets when the answer was stored.</summary>
    public DateTimeOffset StoredAt { get; init; }

    /// <summary>Gets the vector of a question that joined the group, of length 1; empty otherwise.</summary>
    public float[] Vector { get; init; } = [];

    /// <summary>Gets the vector of the question that it was compared with; empty otherwise.</summary>
    public float[] FirstVector { get; init; } = [];
}
