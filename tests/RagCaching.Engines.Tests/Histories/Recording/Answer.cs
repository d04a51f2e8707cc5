using RagCaching.Engines.Tests.Histories.Plans;

namespace RagCaching.Engines.Tests.Histories.Recording;

/// <summary>An answer that a model began to give, and what is known about it.</summary>
/// <param name="Number">Its number, which stands in its text.</param>
/// <param name="Operation">The call that asked for it.</param>
internal sealed record Answer(int Number, Operation Operation)
{
    /// <summary>Gets the call's step: scope, model, question, tag.</summary>
    public Step Step => Operation.Step;

    /// <summary>Gets when the model was called.</summary>
    public required long Begun { get; init; }

    /// <summary>Gets or sets when the model was done; <see cref="long.MaxValue"/> while it is not.</summary>
    public long Ended { get; set; } = long.MaxValue;

    /// <summary>Gets or sets a value indicating whether the model gave a complete answer.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Tells whether the cache certainly knew of it before a time. What a caller brings along, it knows when it is told.</summary>
    public bool IsBefore(long time) => Step.Kind == StepKind.Store ? Operation.Responded < time : Begun < time;

    /// <summary>Gets a value indicating whether it may be stored and shared, if it is complete.</summary>
    public bool MayBeShared => Step.Behavior is not (Behavior.NotStored or Behavior.AnswerIsCutOff or Behavior.ModelFails);
}
