namespace RagCaching.LatencyLab.Checks;

/// <summary>Whether something that the lab promises is so.</summary>
/// <param name="What">The promise.</param>
/// <param name="Evidence">What was seen.</param>
/// <param name="Passed"><see langword="null"/> where it cannot be seen.</param>
internal sealed record CheckResult(string What, string Evidence, bool? Passed);
