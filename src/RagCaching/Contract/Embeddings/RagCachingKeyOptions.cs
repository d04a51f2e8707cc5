using System.ComponentModel.DataAnnotations;

namespace RagCaching;

/// <summary>Settings for the keys that both caches derive from texts.</summary>
public sealed class RagCachingKeyOptions
{
    internal const int MinimumSecretLength = 32;

    /// <summary>Gets or sets the secret that is part of every digest of both caches.</summary>
    /// <value>
    /// At least 32 characters, or <see langword="null"/> (the default) for none. With a secret, keys are HMAC-SHA-256, and a reader of a
    /// shared storage cannot test whether a guessed text is in it. Without one, keys are plain SHA-256. All processes that share a
    /// storage or a store need the same secret. Changing the secret empties the cache.
    /// </value>
    [StringLength(int.MaxValue, MinimumLength = MinimumSecretLength, ErrorMessage = "The key secret must have at least 32 characters; leave it out for plain digests.")]
    public string? KeySecret { get; set; }
}
