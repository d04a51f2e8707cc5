namespace RagCaching.Internal.Envelopes;

/// <summary>What an <see cref="Envelope"/> holds; the numbers are part of the stored format.</summary>
internal enum EnvelopeKind : byte
{
    /// <summary>An embedding.</summary>
    Embedding = 1,

    /// <summary>An answer.</summary>
    Answer = 2,

    /// <summary>What is known about an entry besides its answer.</summary>
    EntryState = 3,

    /// <summary>What the error budget of a scope has learnt.</summary>
    Budget = 4,
}
