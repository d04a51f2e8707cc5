namespace RagCaching.Semantic.Words;

/// <summary>Recognises answers that decline, or that say that nothing was found. Immutable and thread-safe.</summary>
/// <remarks>Only by how a short answer begins: a long one that apologises first has something to say after that.</remarks>
internal static class AnswerKinds
{
    private const int LongestText = 600;
    private const int Beginning = 160;

    private static readonly Lazy<PhraseSet> Refusals = new(() => new PhraseSet(LifetimeWords.All["refusal"], []));
    private static readonly Lazy<PhraseSet> Nothing = new(() => new PhraseSet(LifetimeWords.All["nothing"], []));

    /// <summary>Tells whether an answer says that nothing was found.</summary>
    public static bool FoundNothing(string text) => IsShort(text) && Nothing.Value.AreIn(BeginningOf(text));

    /// <summary>Tells whether an answer declines or merely apologises.</summary>
    public static bool Declines(string text) => IsShort(text) && Refusals.Value.AreIn(BeginningOf(text));

    private static bool IsShort(string text) => text.Length <= LongestText;

    private static ReadOnlySpan<char> BeginningOf(string text) => text.AsSpan(0, Math.Min(text.Length, Beginning));
}
