namespace RagCaching;

/// <summary>Encrypts and authenticates what leaves the process: stored answers with their questions and vectors, embeddings, and what error budgets tell each other.</summary>
/// <remarks>
/// <para>
/// Registered by <c>UseAesGcmProtection</c> or <c>UsePayloadProtector</c>, one for all caches of a host. Digests, times and sizes stay readable; <c>docs/security.md</c> lists them. What is in the memory
/// of this process is not encrypted.
/// </para>
/// <para>
/// A payload that cannot be opened is a counted miss, so implementations return <see langword="null"/> for it. If a method throws, the cache counts that too: what cannot be protected is not stored,
/// what cannot be opened is not served. Implementations are thread-safe and are called often, on the path of requests.
/// </para>
/// </remarks>
public interface IPayloadProtector
{
    /// <summary>Encrypts a payload and binds it to a context.</summary>
    /// <param name="payload">The payload; it may be empty.</param>
    /// <param name="context">
    /// What the payload belongs to: a digest of 32 bytes over the key, the scope, the embedding model and the version of the format. It is authenticated and not stored.
    /// </param>
    /// <returns>A new array, from which <see cref="TryUnprotect"/> makes the payload again. Nobody can make it out of anything else without the key.</returns>
    /// <exception cref="Exception">The payload cannot be protected; it is not stored.</exception>
    byte[] Protect(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> context);

    /// <summary>Opens what <see cref="Protect"/> made.</summary>
    /// <param name="protectedPayload">What a store returned: any bytes of any length.</param>
    /// <param name="context">The context under which it must have been protected.</param>
    /// <returns>The payload in a new array; <see langword="null"/> if a key is missing, or a byte or the context is another.</returns>
    /// <exception cref="Exception">The payload cannot be opened; it is not served.</exception>
    byte[]? TryUnprotect(ReadOnlySpan<byte> protectedPayload, ReadOnlySpan<byte> context);
}
