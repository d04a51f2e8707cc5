namespace RagCaching.Engines.Tests.Histories.Plans;

/// <summary>Everything that happens in a run, as far as it is decided beforehand: what threads make of it differs from run to run.</summary>
/// <param name="Seed">What it was made from.</param>
/// <param name="Settings">How the instances are set up.</param>
/// <param name="Steps">What is done. Those of <see cref="Plans.Settings.Nemesis"/> are spread evenly over the others.</param>
internal sealed record Plan(int Seed, Settings Settings, IReadOnlyList<Step> Steps);
