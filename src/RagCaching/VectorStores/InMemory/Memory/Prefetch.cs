using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace RagCaching.VectorStores.InMemory.Memory;

/// <summary>Asks the processor to bring memory into its nearest cache, where it can be asked.</summary>
internal static class Prefetch
{
    /// <summary>The bytes that come with one request.</summary>
    public const int LineBytes = 64;

    /// <summary>How many bytes before it is read a stream is asked for: the processor does so itself, but only up to the end of a page.</summary>
    public const int AheadBytes = 4096;

    /// <summary>Asks for the first bytes of an object without waiting for any of them.</summary>
    /// <remarks>
    /// The reference is taken for the number that it is, and no field of the object is touched. Should the object move meanwhile, the wrong line is asked for.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Object(object instance)
    {
        if (Sse.IsSupported)
        {
            var address = (byte*)Unsafe.As<object, nint>(ref instance);
            Sse.Prefetch0(address);
            Sse.Prefetch0(address + LineBytes);
        }
    }

    /// <summary>Asks for the cache line of an address. The address need not stay where it is: a wrong one does no harm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Line(ref byte address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref address));
        }
    }

    /// <summary>Asks for every cache line of some memory that begins at one.</summary>
    /// <param name="start">The beginning.</param>
    /// <param name="bytes">How many bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lines(ref byte start, int bytes)
    {
        for (var line = 0; line < bytes; line += LineBytes)
        {
            Line(ref Unsafe.Add(ref start, line));
        }
    }
}
