using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace RagCaching;

// What is protected, little-endian: length of the context (4), context, payload. Data Protection itself takes no data to authenticate beside the payload.

/// <summary>Protects payloads with ASP.NET Core Data Protection, whose key ring rotates by itself and can be kept in a vault.</summary>
/// <remarks>
/// <para>
/// All hosts that share a store need the same key ring and the same application name (<c>SetApplicationName</c>). A payload whose key is revoked, or gone from the ring, is a counted miss. It takes about ten times as
/// long as <see cref="AesGcmPayloadProtector"/>.
/// </para>
/// <para>Thread-safe.</para>
/// </remarks>
public sealed class DataProtectionPayloadProtector : IPayloadProtector
{
    private const string Purpose = "RagCaching.Payload.v1";

    private readonly IDataProtector _protector;

    /// <summary>Creates a protector.</summary>
    /// <param name="provider">The host's Data Protection.</param>
    /// <exception cref="ArgumentNullException"><paramref name="provider"/> is <see langword="null"/>.</exception>
    public DataProtectionPayloadProtector(IDataProtectionProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        _protector = provider.CreateProtector(Purpose);
    }

    /// <inheritdoc/>
    /// <exception cref="CryptographicException">The key ring cannot be read or has no key.</exception>
    public byte[] Protect(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> context)
    {
        var bytes = new byte[checked(sizeof(int) + context.Length + payload.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, context.Length);
        context.CopyTo(bytes.AsSpan(sizeof(int)));
        payload.CopyTo(bytes.AsSpan(sizeof(int) + context.Length));
        return _protector.Protect(bytes);
    }

    /// <inheritdoc/>
    public byte[]? TryUnprotect(ReadOnlySpan<byte> protectedPayload, ReadOnlySpan<byte> context)
    {
        byte[] bytes;
        try
        {
            bytes = _protector.Unprotect(protectedPayload.ToArray());
        }
        catch (CryptographicException)
        {
            // Tampered with, of another application, or of a key that is revoked or lost.
            return null;
        }

        return bytes.Length >= sizeof(int) + context.Length
            && BinaryPrimitives.ReadInt32LittleEndian(bytes) == context.Length
            && CryptographicOperations.FixedTimeEquals(bytes.AsSpan(sizeof(int), context.Length), context)
                ? bytes[(sizeof(int) + context.Length)..]
                : null;
    }
}
