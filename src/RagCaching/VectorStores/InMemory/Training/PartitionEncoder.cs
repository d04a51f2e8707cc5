using RagCaching.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.VectorStores.InMemory.Training;

/// <summary>Makes the codes of rows that are there already.</summary>
/// <remarks>
/// Some rows at a time under the partition's lock, so that a writer waits for half a millisecond at most. Readers keep to the codes they have
/// until a segment's new ones are complete.
/// </remarks>
internal static class PartitionEncoder
{
    private const int RowsPerLock = 64;

    /// <summary>Encodes all segments of a partition that have no sketches of an encoding yet, or no scalar codes although searches want them.</summary>
    public static void EncodeSketches(PartitionIndex partition, SketchEncoding encoding, CancellationToken cancellationToken)
    {
        partition.JoinSmallSegments();
        Encode(
            partition,
            segment => !ReferenceEquals(segment.Codes.Sketches?.Encoding, encoding),
            segment => segment.Codes.BeginSketches(encoding),
            segment => segment.Codes.PublishSketches(),
            cancellationToken);

        // Rows that were moved to new segments have lost both kinds of codes.
        if (partition.WantsScalarCodes)
        {
            EncodeScalar(partition, cancellationToken);
        }
    }

    /// <summary>Encodes all components of all rows.</summary>
    public static void EncodeScalar(PartitionIndex partition, CancellationToken cancellationToken) =>
        Encode(
            partition,
            segment => segment.Codes.Scalar is null,
            segment => segment.Codes.BeginScalar(),
            segment => segment.Codes.PublishScalar(),
            cancellationToken);

    private static void Encode(
        PartitionIndex partition, Predicate<Segment> isMissing, Action<Segment> begin, Action<Segment> publish, CancellationToken cancellationToken)
    {
        // Segments that are added meanwhile are complete from the beginning, unless all rows are moved together into new ones.
        while (FirstMissing(partition, isMissing) is { } segment)
        {
            lock (partition.Lock)
            {
                begin(segment);
            }

            for (var slot = 0; slot < segment.Slots; slot += RowsPerLock)
            {
                cancellationToken.ThrowIfCancellationRequested();
                EncodeSome(partition, segment, slot);
            }

            lock (partition.Lock)
            {
                publish(segment);
            }
        }
    }

    private static Segment? FirstMissing(PartitionIndex partition, Predicate<Segment> isMissing)
    {
        foreach (var segment in partition.Segments)
        {
            if (isMissing(segment))
            {
                return segment;
            }
        }

        return null;
    }

    private static void EncodeSome(PartitionIndex partition, Segment segment, int first)
    {
        var scratch = WriteScratch.Current.Codes;
        lock (partition.Lock)
        {
            for (var slot = first; slot < Math.Min(first + RowsPerLock, segment.Filled); slot++)
            {
                if (segment.EntryAt(slot) is not null)
                {
                    segment.Codes.WriteNext(slot, segment.RowAt(slot), scratch);
                }
            }
        }
    }
}
