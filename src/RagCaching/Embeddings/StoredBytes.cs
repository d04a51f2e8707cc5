using RagCaching.Internal;

namespace RagCaching.Embeddings;

/// <summary>What a storage returned for a key, in whichever kind of memory it came.</summary>
internal readonly struct StoredBytes
{
    /// <summary>Stands for bytes that the storage would not return.</summary>
    public static readonly StoredBytes Refused = new(areRefused: true);

    private readonly byte[]? _array;
    private readonly PooledBuffer? _buffer;

    public StoredBytes(byte[]? array) => _array = array;

    public StoredBytes(PooledBuffer buffer) => _buffer = buffer;

    private StoredBytes(bool areRefused) => AreRefused = areRefused;

    /// <summary>Gets a value indicating whether the storage had something.</summary>
    public bool Exist => _array is not null || _buffer is not null;

    /// <summary>Gets a value indicating whether the storage failed on the key.</summary>
    public bool AreRefused { get; }

    /// <summary>Gets the bytes, valid until <see cref="Release"/>.</summary>
    public ReadOnlySpan<byte> Span => _buffer is null ? _array : _buffer.Written;

    /// <summary>Gives pooled memory back.</summary>
    public void Release() => _buffer?.Release();
}
