using System.Security.Cryptography;
using System.Text;
using RagCaching.Contract.Protection;
using RagCaching.Internal;
using RagCaching.Protection;

namespace RagCaching;

// What is stored:
//
//   offset  bytes  field
//        0      4  magic, "RAGP"
//        4      1  format version, 1
//        5      1  length of the key id, n, 1 to 32
//        6      n  key id, ASCII
//    6 + n     12  nonce, random
//   18 + n      m  ciphertext, as long as the payload
//  18+n+m      16  tag, over the ciphertext, the first 6 + n bytes and the context

/// <summary>Protects payloads with AES-256-GCM under a ring of keys.</summary>
/// <remarks>
/// <para>
/// Every payload has a random nonce of 96 bits. Take a new key before one has encrypted 2³² payloads (NIST SP 800-38D, section 8.3). A payload grows by 34 bytes and the length of the key's id. The tag makes every
/// changed byte, cut or swap known; it does not prevent that a former value is put back under its own key.
/// </para>
/// <para>Thread-safe.</para>
/// </remarks>
public sealed class AesGcmPayloadProtector : IPayloadProtector, IDisposable
{
    private const byte Version = 1;
    private const int FixedSize = 6;
    private const int NonceSize = 12;
    private const int MaxContextSize = 1024;

    private readonly Dictionary<string, KeyCiphers> _keys = new(StringComparer.Ordinal);
    private readonly KeyCiphers _current;
    private readonly byte[] _header;

    /// <summary>Creates a protector.</summary>
    /// <param name="options">The keys. Read once.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">There is no key, one has not 32 bytes in Base64, or the current one is not among them; the message names the option.</exception>
    public AesGcmPayloadProtector(AesGcmProtectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Checked(new AesGcmProtectionOptionsRules());
        foreach (var (id, key) in options.Keys)
        {
            _keys.Add(id, new KeyCiphers(Convert.FromBase64String(key)));
        }

        var currentId = options.CurrentKeyId ?? options.Keys.Keys.Single();
        _current = _keys[currentId];
        _header = [.. Magic, Version, (byte)currentId.Length, .. Encoding.ASCII.GetBytes(currentId)];
    }

    private static ReadOnlySpan<byte> Magic => "RAGP"u8;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="context"/> is longer than 1,024 bytes.</exception>
    public byte[] Protect(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> context)
    {
        if (context.Length > MaxContextSize)
        {
            throw new ArgumentException($"A context has at most {MaxContextSize} bytes, but this one has {context.Length}.", nameof(context));
        }

        var bytes = new byte[checked(_header.Length + NonceSize + payload.Length + KeyCiphers.TagSize)];
        _header.CopyTo(bytes, 0);
        var nonce = bytes.AsSpan(_header.Length, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        Span<byte> authenticated = stackalloc byte[_header.Length + context.Length];
        _header.CopyTo(authenticated);
        context.CopyTo(authenticated[_header.Length..]);

        var cipher = _current.Take();
        cipher.Encrypt(nonce, payload, bytes.AsSpan(_header.Length + NonceSize, payload.Length), bytes.AsSpan(bytes.Length - KeyCiphers.TagSize), authenticated);
        _current.Return(cipher);
        return bytes;
    }

    /// <inheritdoc/>
    public byte[]? TryUnprotect(ReadOnlySpan<byte> protectedPayload, ReadOnlySpan<byte> context)
    {
        if (protectedPayload.Length < FixedSize || !protectedPayload.StartsWith(Magic) || protectedPayload[4] != Version || context.Length > MaxContextSize)
        {
            return null;
        }

        // Lengths are compared before anything is made of them.
        var headerLength = FixedSize + protectedPayload[5];
        var length = protectedPayload.Length - headerLength - NonceSize - KeyCiphers.TagSize;
        if (headerLength > FixedSize + AesGcmProtectionOptions.MaxKeyIdLength || length < 0 || CiphersOf(protectedPayload[FixedSize..headerLength]) is not { } ciphers)
        {
            return null;
        }

        Span<byte> authenticated = stackalloc byte[headerLength + context.Length];
        protectedPayload[..headerLength].CopyTo(authenticated);
        context.CopyTo(authenticated[headerLength..]);
        var payload = new byte[length];
        var cipher = ciphers.Take();
        var rest = protectedPayload[headerLength..];
        try
        {
            cipher.Decrypt(rest[..NonceSize], rest.Slice(NonceSize, length), rest[^KeyCiphers.TagSize..], payload, authenticated);
            return payload;
        }
        catch (AuthenticationTagMismatchException)
        {
            // Another key under the same id, another context, or a byte that was changed.
            return null;
        }
        finally
        {
            ciphers.Return(cipher);
        }
    }

    /// <summary>Releases the ciphers. Calls after that still work.</summary>
    public void Dispose()
    {
        foreach (var ciphers in _keys.Values)
        {
            ciphers.Dispose();
        }
    }

    private KeyCiphers? CiphersOf(ReadOnlySpan<byte> id)
    {
        Span<char> text = stackalloc char[AesGcmProtectionOptions.MaxKeyIdLength];
        return Encoding.ASCII.TryGetChars(id, text, out var length) && _keys.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var ciphers) ? ciphers : null;
    }
}
