using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using RagCaching.Semantic.Entries;

namespace RagCaching.ErrorBudgets.State;

/// <summary>Writes numbers one after the other, little-endian.</summary>
internal sealed class StateWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Creates a writer.</summary>
    /// <param name="reserved">How many bytes to leave free in front.</param>
    public StateWriter(int reserved)
    {
        _buffer.GetSpan(reserved)[..reserved].Clear();
        _buffer.Advance(reserved);
    }

    public void Add(bool value) => Add(value ? (byte)1 : (byte)0);

    public void Add(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void Add(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(sizeof(int)), value);
        _buffer.Advance(sizeof(int));
    }

    public void Add(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.GetSpan(sizeof(long)), value);
        _buffer.Advance(sizeof(long));
    }

    public void Add(Half value)
    {
        BinaryPrimitives.WriteHalfLittleEndian(_buffer.GetSpan(sizeof(ushort)), value);
        _buffer.Advance(sizeof(ushort));
    }

    public void Add(float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(_buffer.GetSpan(sizeof(float)), value);
        _buffer.Advance(sizeof(float));
    }

    public void Add(double value) => Add(BitConverter.DoubleToInt64Bits(value));

    public void Add(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            Add(value);
        }
    }

    public void AddNonce(string nonce)
    {
        Base64Url.DecodeFromChars(nonce, _buffer.GetSpan(EntryId.NonceSize));
        _buffer.Advance(EntryId.NonceSize);
    }

    /// <summary>Copies what was written.</summary>
    /// <param name="behind">How many bytes to leave free behind it.</param>
    public byte[] ToArray(int behind)
    {
        var bytes = new byte[_buffer.WrittenCount + behind];
        _buffer.WrittenSpan.CopyTo(bytes);
        return bytes;
    }
}
