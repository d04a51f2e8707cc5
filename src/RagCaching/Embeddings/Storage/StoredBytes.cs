using RagCaching.Internal;

namespace RagCaching.Embeddings.Storage;

/// <summary>What a storage returned for a key, in whichever kind of memory it came.</summary>
internal readonly struct StoredBytes
{
    private readonly byte[]? _array;
    private readonly PooledBuffer? _buffer;

    public StoredBytes(byte[]? array)
    {
        _array = array;
        WereRead = true;
    }

    public StoredBytes(PooledBuffer? buffer)
    {
        _buffer = buffer;
        WereRead = true;
    }

    /// <summary>Gets a value indicating whether the storage had something.</summary>
    public bool Exist => _array is not null || _buffer is not null;

    /// <summary>Gets a value indicating whether the storage was asked and answered.</summary>
    public bool WereRead { get; }

    /// <summary>Gets the bytes, valid until <see cref="Release"/>.</summary>
    public ReadOnlySpan<byte> Span => _buffer is null ? _array : _buffer.Written;

    /// <summary>Gets the bytes, valid until <see cref="Release"/>.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer is null ? _array : _buffer.WrittenMemory;

    /// <summary>Gives pooled memory back.</summary>
    public void Release() => _buffer?.Release();
}
