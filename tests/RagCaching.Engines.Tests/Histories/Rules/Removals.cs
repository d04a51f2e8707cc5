using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Rules;

/// <summary>Which removals cover which answers.</summary>
internal static class Removals
{
    public static bool IsFilter(StepKind kind) => kind is StepKind.RemoveScope or StepKind.RemoveTag or StepKind.RemoveModel or StepKind.RemoveTagOfAll;

    public static bool IsRemoval(StepKind kind) => kind == StepKind.RemoveId || IsFilter(kind);

    /// <summary>Tells whether a removal selects an answer.</summary>
    /// <param name="removal">The removal.</param>
    /// <param name="answered">The question and its answer.</param>
    /// <param name="entryId">The id under which the answer is stored.</param>
    public static bool Covers(Operation removal, Step answered, string? entryId) => removal.Step.Tenant == answered.Tenant && removal.Step.Kind switch
    {
        StepKind.RemoveId => entryId is not null && removal.EntryId == entryId,
        StepKind.RemoveScope => removal.Step.Scope == answered.Scope,
        StepKind.RemoveTag => removal.Step.Scope == answered.Scope && removal.Step.Tag == answered.Tag,
        StepKind.RemoveModel => removal.Step.Scope == answered.Scope && removal.Step.Model == answered.Model,
        StepKind.RemoveTagOfAll => removal.Step.Tag == answered.Tag,
        _ => false,
    };

    /// <summary>Tells whether a removal has returned without a failure.</summary>
    public static bool IsDone(Operation removal) => removal is { Failure: null, HasLeft: false } && removal.Responded != long.MaxValue && (removal.Step.Kind != StepKind.RemoveId || removal.Status == EntryStatus.Done);
}
