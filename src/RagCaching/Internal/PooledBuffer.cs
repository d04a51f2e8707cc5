using System.Buffers;

namespace RagCaching.Internal;

/// <summary>A growing buffer of pooled memory.</summary>
/// <remarks>
/// <see cref="Release"/> gives the memory back. Do not call it while somebody may still write: a storage call that was given up at
/// its time limit can finish later, and its bytes would then land in memory that already serves another request. Such a buffer is
/// left to the garbage collector.
/// </remarks>
internal sealed class PooledBuffer : IBufferWriter<byte>
{
    private const int DefaultSize = 4096;

    private byte[] _bytes = [];
    private int _length;

    /// <summary>Gets what was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Gets what was written.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _length);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - _length);
        _length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    /// <summary>Gives the memory back and leaves the buffer empty.</summary>
    public void Release()
    {
        if (_bytes.Length > 0)
        {
            // An embedding is as private as its text.
            _bytes.AsSpan(0, _length).Clear();
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = [];
        _length = 0;
    }

    private void Reserve(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        var needed = checked(_length + Math.Max(sizeHint, 1));
        if (needed <= _bytes.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(_bytes.Length * 2, DefaultSize)));
        Written.CopyTo(larger);
        var length = _length;
        Release();
        _length = length;
        _bytes = larger;
    }
}
