using System.Buffers.Binary;
using System.Buffers.Text;
using RagCaching.Semantic.Entries;

namespace RagCaching.ErrorBudgets.State;

/// <summary>Reads what a <see cref="StateWriter"/> wrote, and remembers whether everything was as it should be.</summary>
/// <remarks>Never throws. What cannot be read is 0 or empty, and nothing after it is read. Counts are checked against what is left before anything is allocated.</remarks>
internal ref struct StateReader(ReadOnlySpan<byte> source)
{
    public const int NonceSize = EntryId.NonceSize;

    private ReadOnlySpan<byte> _rest = source;
    private bool _isBroken;

    /// <summary>Gets a value indicating whether everything was read and nothing was wrong with it.</summary>
    public readonly bool IsExhausted => !_isBroken && _rest.IsEmpty;

    public bool Flag()
    {
        var value = Byte();
        Require(value <= 1);
        return value == 1;
    }

    public byte Byte() => Take(1) is { IsEmpty: false } bytes ? bytes[0] : (byte)0;

    public long Long() => Take(sizeof(long)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    public long Count64()
    {
        var value = Long();
        Require(value >= 0);
        return value;
    }

    /// <summary>Reads a count of things that follow.</summary>
    /// <param name="most">How many there may be.</param>
    /// <param name="sizeOfEach">How many bytes each takes at least.</param>
    public int Count32(int most, int sizeOfEach)
    {
        var value = Take(sizeof(int)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0;
        Require(value >= 0 && value <= most && (long)value * sizeOfEach <= _rest.Length);
        return _isBroken ? 0 : value;
    }

    public float Single()
    {
        var value = Take(sizeof(float)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : 0;
        Require(float.IsFinite(value));
        return value;
    }

    public double Double()
    {
        var value = BitConverter.Int64BitsToDouble(Long());
        Require(double.IsFinite(value));
        return value;
    }

    /// <summary>Reads a cut-off, which is infinite where nothing is served.</summary>
    public double CutOff()
    {
        var value = BitConverter.Int64BitsToDouble(Long());
        Require(value > 0);
        return value;
    }

    public double[] Doubles(int count)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Double();
        }

        return values;
    }

    public DateTimeOffset Time()
    {
        var ticks = Long();
        var isTime = ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks;
        Require(isTime);
        return isTime ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
    }

    public string Nonce() => Take(NonceSize) is { IsEmpty: false } bytes ? Base64Url.EncodeToString(bytes) : "";

    /// <summary>Reads a vector; <see langword="null"/> for one without components.</summary>
    public float[]? Halves()
    {
        var count = Count32(int.MaxValue, sizeof(ushort));
        if (count == 0)
        {
            return null;
        }

        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Take(sizeof(ushort)) is { IsEmpty: false } bytes ? (float)BinaryPrimitives.ReadHalfLittleEndian(bytes) : 0;
            Require(float.IsFinite(values[i]));
        }

        return values;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        Require(_rest.Length >= count);
        if (_isBroken)
        {
            return [];
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private void Require(bool isFulfilled) => _isBroken |= !isFulfilled;
}
