namespace RagCaching.Internal.Envelopes;

/// <summary>Whether an <see cref="Envelope"/> can be trusted, and if not, why.</summary>
internal enum EnvelopeStatus
{
    /// <summary>Every check passed.</summary>
    Valid,

    /// <summary>Shorter or longer than the envelope says, or than any envelope is.</summary>
    WrongLength,

    /// <summary>Not ours, or of a version this library does not read.</summary>
    UnknownFormat,

    /// <summary>Some byte was changed.</summary>
    WrongChecksum,

    /// <summary>Ours, but not the kind of content that belongs here.</summary>
    WrongKind,

    /// <summary>Written under another key.</summary>
    WrongKey,
}
