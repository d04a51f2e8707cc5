using System.Runtime.CompilerServices;
using RagCaching.VectorStores.InMemory.Memory;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.VectorStores.InMemory.Scanning;

/// <summary>Asks for the memory that leads to the codes of the next segments while one is scanned.</summary>
/// <remarks>
/// Five objects point to each other before a segment's first code is reached. Each of them is asked for one segment earlier than the next, so that nobody waits for any:
/// with a million rows, waiting took a quarter of a search. Where several threads share the segments, some are asked for twice, which costs nothing.
/// </remarks>
internal static class SegmentPrefetch
{
    private const int ToSegment = 5;
    private const int ToCodes = 4;
    private const int ToSketches = 3;
    private const int ToMemory = 2;
    private const int ToFirstCodes = 1;

    /// <summary>Asks for one step of each of the next segments.</summary>
    /// <param name="segments">The segments in the order of the scan.</param>
    /// <param name="index">The segment that is about to be scanned.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(Segment[] segments, int index)
    {
        if (index + ToSegment < segments.Length)
        {
            Prefetch.Object(segments[index + ToSegment]);
        }

        if (index + ToCodes < segments.Length)
        {
            Prefetch.Object(segments[index + ToCodes].Codes);
        }

        if (index + ToSketches < segments.Length && segments[index + ToSketches].Codes.Sketches is { } sketches)
        {
            Prefetch.Object(sketches);
        }

        if (index + ToMemory < segments.Length)
        {
            segments[index + ToMemory].Codes.Sketches?.PrefetchObjects();
        }

        if (index + ToFirstCodes < segments.Length)
        {
            segments[index + ToFirstCodes].Codes.Sketches?.PrefetchCodes();
        }
    }
}
