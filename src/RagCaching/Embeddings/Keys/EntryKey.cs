namespace RagCaching.Embeddings.Keys;

/// <summary>What one embedding is found by inside the process: the text itself, so that a hit needs no cryptographic hash.</summary>
/// <param name="text">The text.</param>
/// <param name="variant">Everything else that shapes the vector; two variants of one digest are the same.</param>
internal readonly struct EntryKey(string text, EmbeddingVariant variant) : IEquatable<EntryKey>
{
    // Kept, since every table that a text passes through asks for it, and it reads the whole text. The randomised hash of string
    // on purpose: texts come from outside, and a predictable one could be attacked.
    private readonly int _hash = text.GetHashCode(StringComparison.Ordinal) ^ (int)variant.Digest.Prefix;

    public string Text { get; } = text;

    public EmbeddingVariant Variant { get; } = variant;

    public override int GetHashCode() => _hash;

    public bool Equals(EntryKey other) =>
        _hash == other._hash
        && (ReferenceEquals(Variant, other.Variant) || Variant.Digest == other.Variant.Digest)
        && string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is EntryKey other && Equals(other);
}
