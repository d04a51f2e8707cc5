namespace RagCaching.Embeddings;

/// <summary>What one embedding is found by inside the process: the text itself, so that a hit needs no cryptographic hash.</summary>
/// <param name="Text">The text.</param>
/// <param name="Variant">Everything else that shapes the vector; two variants of one digest are the same.</param>
internal readonly record struct EntryKey(string Text, EmbeddingVariant Variant)
{
    // The randomised hash of string on purpose: texts come from outside, and a predictable one could be attacked.
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal) ^ (int)Variant.Digest.Prefix;

    public bool Equals(EntryKey other) =>
        (ReferenceEquals(Variant, other.Variant) || Variant.Digest == other.Variant.Digest) && string.Equals(Text, other.Text, StringComparison.Ordinal);
}
