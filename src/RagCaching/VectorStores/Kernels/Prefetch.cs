using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace RagCaching.VectorStores;

/// <summary>Asks the processor to bring memory into its nearest cache, where it can be asked.</summary>
internal static class Prefetch
{
    /// <summary>The bytes that come with one request.</summary>
    public const int LineBytes = 64;

    /// <summary>Asks for the cache line of an address. The address need not stay where it is: a wrong one does no harm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Line(ref byte address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref address));
        }
    }
}
