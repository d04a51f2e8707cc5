using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.VectorStores.InMemory.Kernels;

namespace RagCaching.VectorData.Records;

/// <summary>Reads records and counts those that cannot be read; each of them is a miss.</summary>
/// <param name="counter">Counts them.</param>
internal sealed class RecordReader(IFaultCounter counter)
{
    // Databases that normalise vectors themselves round them once more; those that round to fewer bits are further off.
    private const double UnitTolerance = 1e-5;

    /// <summary>Reads a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="dimensions">The number of dimensions that its vector must have; <see langword="null"/> if the vector is not wanted.</param>
    /// <returns>The record, with its vector at unit norm if that is wanted; <see langword="null"/> for what cannot be read.</returns>
    public StoredRecord? TryRead(Record record, int? dimensions)
    {
        if (RecordMapper.TryRead(record) is not { } stored)
        {
            counter.Failed(TelemetryNames.Operations.Parse, "invalid_record");
            return null;
        }

        if (dimensions is not { } expected || !stored.HasVector)
        {
            return stored;
        }

        if (TryUnit(RecordMapper.VectorOf(record), expected) is not { } vector)
        {
            counter.Failed(TelemetryNames.Operations.Parse, "invalid_vector");
            return null;
        }

        var entry = stored.Entry;
        return stored with
        {
            Entry = new VectorEntry
            {
                Partition = entry.Partition,
                Id = entry.Id,
                Vector = vector,
                Metadata = entry.Metadata,
                Payload = entry.Payload,
                Labels = entry.Labels,
                CreatedAt = entry.CreatedAt,
                ExpiresAt = entry.ExpiresAt,
            },
        };
    }

    private static ReadOnlyMemory<float>? TryUnit(ReadOnlyMemory<float> vector, int dimensions)
    {
        if (vector.Length != dimensions || TryNorm(vector.Span) is not { } norm)
        {
            return null;
        }

        if (Math.Abs(norm - 1) <= UnitTolerance)
        {
            return vector;
        }

        var unit = new float[dimensions];
        UnitVector.Write(vector.Span, norm, unit);
        return unit;
    }

    private static double? TryNorm(ReadOnlySpan<float> vector)
    {
        try
        {
            return UnitVector.NormOf(vector, nameof(vector));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
