namespace RagCaching;

/// <summary>The keys of an <see cref="AesGcmPayloadProtector"/>.</summary>
/// <remarks>
/// To rotate: first add the new key to <see cref="Keys"/> on all instances, then name it in <see cref="CurrentKeyId"/> on all of them, then, when what was written under the old key has expired, take the old key
/// away. Until then entries under both keys are read.
/// </remarks>
public sealed class AesGcmProtectionOptions
{
    /// <summary>The length of a key in bytes: AES-256.</summary>
    internal const int KeySizeInBytes = 32;

    internal const int MaxKeyIdLength = 32;

    /// <summary>Gets or sets the id of the key under which new payloads are written.</summary>
    /// <value>One of the ids in <see cref="Keys"/>; default <see langword="null"/>, which is right only where there is one key.</value>
    public string? CurrentKeyId { get; set; }

    /// <summary>Gets the keys by their ids.</summary>
    /// <value>
    /// At least one. An id has 1 to 32 letters, digits, dots, dashes or underscores of ASCII and stands in plain text beside what it encrypts. A key is 32 random bytes in Base64. Ids are unique, and compared
    /// character by character. Keep keys in a secret store, not beside the data.
    /// </value>
    public IDictionary<string, string> Keys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Adds a random key, for tests and for a host that need not read anything after its end.</summary>
    /// <param name="id">The id of the key.</param>
    /// <returns>The key in Base64.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is <see langword="null"/> or empty, or there is a key with this id.</exception>
    public string AddRandomKey(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var key = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(KeySizeInBytes));
        Keys.Add(id, key);
        return key;
    }
}
