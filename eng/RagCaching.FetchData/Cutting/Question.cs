namespace RagCaching.FetchData.Cutting;

/// <summary>A question of a set.</summary>
/// <param name="Text">Its text, as the source has it.</param>
/// <param name="Label">What it asks for; <see langword="null"/> where pairs say it.</param>
/// <param name="Split">The part of the source.</param>
internal sealed record Question(string Text, string? Label = null, string? Split = null);
