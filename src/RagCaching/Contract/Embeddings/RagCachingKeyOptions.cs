using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>How both caches turn texts into keys.</summary>
public sealed class RagCachingKeyOptions
{
    internal const int MinimumSecretLength = 32;

    /// <summary>Gets or sets the secret that goes into every digest of both caches.</summary>
    /// <value>
    /// At least 32 characters, or <see langword="null"/> (the default) for none. With a secret, keys are HMAC-SHA-256 and nobody who
    /// reads a shared storage can test whether a guessed text is in it; without one they are plain SHA-256. All processes that share a
    /// storage or a store need the same secret. A new secret is an empty cache.
    /// </value>
    [StringLength(int.MaxValue, MinimumLength = MinimumSecretLength, ErrorMessage = "The key secret must have at least 32 characters; leave it out for plain digests.")]
    public string? KeySecret { get; set; }
}
