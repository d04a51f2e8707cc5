namespace RagCaching.Guards.Lexical.Words;

/// <summary>What is known about a stem, or about a word as the opposite of others.</summary>
internal sealed class StemFacts
{
    public WordFlags Flags { get; set; }

    /// <summary>Gets or sets the opposites with their hashes; empty if there are none.</summary>
    public (string Text, int Hash)[] Opposites { get; set; } = [];
}
