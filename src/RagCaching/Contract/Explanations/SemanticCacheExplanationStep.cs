namespace RagCaching;

/// <summary>One step of a lookup, and what came of it.</summary>
/// <param name="Name">
/// A short name: <c>request</c>, <c>scope</c>, <c>store</c>, <c>exact</c>, <c>alias</c>, <c>embedding</c>, <c>search</c>, <c>candidate</c>, <c>budget</c>, <c>verifiers</c>, <c>audit</c>, <c>moderators</c>,
/// <c>flight</c>, <c>storing</c> or <c>outcome</c>.
/// </param>
/// <param name="Finding">A sentence in English. It may hold stored questions of the query's scope, and no answer.</param>
public sealed record SemanticCacheExplanationStep(string Name, string Finding);
