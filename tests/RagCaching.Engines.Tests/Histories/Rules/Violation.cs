using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Rules;

/// <summary>A promise that was not kept.</summary>
/// <param name="Rule">The promise.</param>
/// <param name="What">What happened instead.</param>
/// <param name="Operations">The calls that show it.</param>
internal sealed record Violation(string Rule, string What, params Operation[] Operations)
{
    public override string ToString() => $"{Rule}: {What}{string.Concat(Operations.OrderBy(operation => operation.Invoked).Select(operation => $"\n    {operation}"))}";
}
