namespace RagCaching.Engines.Tests.Histories.Plans;

/// <summary>One thing that one worker does.</summary>
/// <param name="Worker">Who does it; the steps of a worker come one after the other, those of different workers at the same time.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Tenant">To which tenant's caches.</param>
/// <param name="Slot">To which of the tenant's instances.</param>
/// <param name="Scope">The scope, a number of <see cref="Names"/>.</param>
/// <param name="Model">The model, which also names the partition.</param>
/// <param name="Group">What the question means.</param>
/// <param name="Wording">In which words it is asked.</param>
/// <param name="Tag">The tag of the answer, or of the removal.</param>
/// <param name="Mode">The mode of the query.</param>
/// <param name="Behavior">What happens on the way.</param>
/// <param name="TimeToLive">How long the answer is valid.</param>
/// <param name="Chance">Decides everything else, such as how long the model takes.</param>
internal sealed record Step(
    int Worker, StepKind Kind, int Tenant, int Slot, int Scope, int Model, int Group, int Wording, int Tag, SemanticCacheMode Mode, Behavior Behavior, TimeSpan TimeToLive, int Chance)
{
    /// <summary>Names the questions to which an answer may be an exact repeat.</summary>
    public (int Tenant, int Scope, int Model, int Group, int Wording) Key => (Tenant, Scope, Model, Group, Wording);

    public override string ToString() => Kind switch
    {
        StepKind.Get or StepKind.Stream or StepKind.Lookup or StepKind.Store => $"{Where} {Kind} scope {Scope} model {Model} question {Group}.{Wording} tag {Tag} {Mode} {Behavior} for {TimeToLive.TotalSeconds} s",
        StepKind.RemoveScope or StepKind.RemoveTag or StepKind.RemoveModel => $"{Where} {Kind} scope {Scope} tag {Tag} model {Model}",
        StepKind.RemoveTagOfAll => $"{Where} {Kind} tag {Tag}",
        StepKind.RemoveId or StepKind.ReportWrong => $"{Where} {Kind} of the answer to question {Group}.{Wording} in scope {Scope} of model {Model}",
        _ => $"{Where} {Kind} {Chance % 100}",
    };

    private string Where => $"worker {Worker}: tenant {Tenant} instance {Slot}:";
}
