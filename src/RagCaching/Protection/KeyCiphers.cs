using System.Security.Cryptography;

namespace RagCaching.Protection;

/// <summary>The ciphers of one key: one call at a time may use a cipher, and to set one up takes longer than to encrypt an answer.</summary>
/// <param name="key">The key, 32 bytes; kept.</param>
/// <remarks>Thread-safe. A cipher stays for each call that was ever under way at once, up to <see cref="MostSpares"/>.</remarks>
internal sealed class KeyCiphers(byte[] key) : IDisposable
{
    /// <summary>The length of a tag in bytes.</summary>
    public const int TagSize = 16;

    private const int MostSpares = 16;

    private readonly AesGcm?[] _spares = new AesGcm?[MostSpares];
    private volatile bool _isDisposed;

    /// <summary>Takes a cipher, to be given back with <see cref="Return"/>.</summary>
    public AesGcm Take()
    {
        for (var i = 0; i < _spares.Length; i++)
        {
            if (Interlocked.Exchange(ref _spares[i], null) is { } spare)
            {
                return spare;
            }
        }

        return new AesGcm(key, TagSize);
    }

    /// <summary>Gives a cipher back.</summary>
    public void Return(AesGcm cipher)
    {
        for (var i = 0; i < _spares.Length && !_isDisposed; i++)
        {
            if (Interlocked.CompareExchange(ref _spares[i], cipher, null) is null)
            {
                return;
            }
        }

        cipher.Dispose();
    }

    public void Dispose()
    {
        _isDisposed = true;
        for (var i = 0; i < _spares.Length; i++)
        {
            Interlocked.Exchange(ref _spares[i], null)?.Dispose();
        }
    }
}
