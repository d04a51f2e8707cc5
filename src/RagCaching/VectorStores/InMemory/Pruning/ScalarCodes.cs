using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Memory;

namespace RagCaching.VectorStores.InMemory.Pruning;

/// <summary>All components of one segment's rows as 8-bit codes: a quarter of the memory to read where no axes are better than others.</summary>
/// <remarks>
/// For vectors without structure the sketches rule out nothing, and then these do: <c>x = s·(c − 128) + e</c> with a step and the norm of
/// the rounding error for each row. Only made when searches turn out to need them. Reading and writing as with <see cref="SegmentSketches"/>.
/// </remarks>
internal sealed class ScalarCodes
{
    private const int MiddleCode = 128;
    private const float LargestCode = 127;

    private readonly byte[] _codes;
    private readonly (float Step, float Error)[] _scales;
    private readonly int _start;
    private readonly int _stride;

    /// <summary>Makes room.</summary>
    /// <param name="stride">The padded number of dimensions.</param>
    /// <param name="slots">The slots of the segment.</param>
    public ScalarCodes(int stride, int slots)
    {
        _stride = stride;
        _codes = AlignedMemory.Allocate<byte>(checked(stride * slots), out _start);
        _scales = new (float, float)[slots];
    }

    /// <summary>Writes the codes of a row.</summary>
    public void Write(int slot, ReadOnlySpan<float> row)
    {
        var largest = 0f;
        foreach (var component in row)
        {
            largest = Math.Max(largest, Math.Abs(component));
        }

        var step = largest / LargestCode;
        var codes = _codes.AsSpan(_start + (slot * _stride), _stride);
        var error = 0.0;
        for (var i = 0; i < row.Length; i++)
        {
            var code = (int)MathF.Round(row[i] / step);
            var difference = row[i] - ((double)step * code);
            error += difference * difference;
            codes[i] = (byte)(code + MiddleCode);
        }

        _scales[slot] = (step, (float)(Math.Sqrt(error) * 1.00001));
    }

    /// <summary>Finds the rows that may reach a similarity.</summary>
    /// <param name="query">The query as weights.</param>
    /// <param name="filled">How many slots to look at.</param>
    /// <param name="similarity">The similarity.</param>
    /// <param name="slots">Receives the slots.</param>
    /// <returns>How many slots there are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Filter(ScalarQuery query, int filled, float similarity, int[] slots)
    {
        var count = 0;
        ref var codes = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_codes), _start);
        ref var weights = ref MemoryMarshal.GetReference(query.Weights);
        for (var slot = 0; slot < filled; slot++)
        {
            var sum = CodeKernel.Dot(ref Unsafe.Add(ref codes, (nint)slot * _stride), ref weights, _stride);
            var (step, error) = _scales[slot];
            slots[count] = slot;
            count += query.Upper(sum, step, error) >= similarity ? 1 : 0;
        }

        return count;
    }
}
