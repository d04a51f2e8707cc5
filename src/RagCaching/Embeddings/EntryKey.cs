using RagCaching.Internal;

namespace RagCaching.Embeddings;

/// <summary>What one embedding is found by inside the process: the text itself, so that a hit needs no cryptographic hash.</summary>
/// <param name="Text">The text.</param>
/// <param name="Variant">The digest of everything else that shapes the vector.</param>
internal readonly record struct EntryKey(string Text, Digest Variant)
{
    // The randomised hash of string on purpose: texts come from outside, and a predictable one could be attacked.
    public override int GetHashCode() => HashCode.Combine(Text.GetHashCode(StringComparison.Ordinal), Variant.Prefix);

    public bool Equals(EntryKey other) => Variant == other.Variant && string.Equals(Text, other.Text, StringComparison.Ordinal);
}
