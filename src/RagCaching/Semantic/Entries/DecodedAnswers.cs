using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Entries;

/// <summary>Remembers the decoded form of payloads that were served lately, so that an answer that is asked for again and again is decoded once.</summary>
/// <remarks>
/// For a store in this process only, which hands out the same array each time and whose arrays never change. A decoded answer goes with its array: what the store has removed or evicted is
/// not kept alive here. At most <see cref="Capacity"/> small answers are remembered; then all are forgotten, which costs each of them one decoding. Thread-safe.
/// </remarks>
internal sealed class DecodedAnswers
{
    /// <summary>How many answers are remembered.</summary>
    public const int Capacity = 256;

    // Decoding a larger one is a small part of copying it for its caller.
    private const int LargestPayload = 8_192;

    private readonly ConditionalWeakTable<byte[], Decoded> _answers = [];
    private int _count;

    /// <summary>Finds the answer of a payload that was decoded before with the same nonce.</summary>
    public StoredAnswer? Find(ReadOnlyMemory<byte> payload, string nonce) =>
        ArrayOf(payload) is { } array && _answers.TryGetValue(array, out var decoded) && decoded.Nonce == nonce ? decoded.Answer : null;

    /// <summary>Remembers an answer.</summary>
    public void Keep(ReadOnlyMemory<byte> payload, string nonce, StoredAnswer answer)
    {
        if (payload.Length > LargestPayload || ArrayOf(payload) is not { } array)
        {
            return;
        }

        if (Interlocked.Increment(ref _count) > Capacity)
        {
            _answers.Clear();
            Volatile.Write(ref _count, 1);
        }

        _answers.AddOrUpdate(array, new Decoded(nonce, answer));
    }

    // Only a payload that is an array of its own has an identity.
    private static byte[]? ArrayOf(ReadOnlyMemory<byte> payload) =>
        MemoryMarshal.TryGetArray(payload, out var segment) && segment.Array is { } array && segment.Offset == 0 && segment.Count == array.Length ? array : null;

    private sealed record Decoded(string Nonce, StoredAnswer Answer);
}
