namespace RagCaching.Testing.Models;

/// <summary>The doubles count words as tokens.</summary>
internal static class WordCount
{
    public static long Of(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
