namespace RagCaching.Semantic.Lookups;

/// <summary>What a guard says about a candidate.</summary>
/// <param name="Guard">The name of the guard that refuses; <see langword="null"/> where none does.</param>
/// <param name="Rule">The name of its rule.</param>
internal readonly record struct GuardRefusal(string? Guard, string? Rule)
{
    /// <summary>Gets the refusal for a guard that cannot be made or cannot decide: it has not allowed anything.</summary>
    public static GuardRefusal OfAFailure { get; } = new("failed", "failed");

    /// <summary>Gets a value indicating whether a guard refuses.</summary>
    public bool IsRefused => Guard is not null;
}
