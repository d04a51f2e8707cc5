namespace RagCaching;

public sealed partial class InMemoryVectorStore
{
    /// <summary>Gets the number of vectors of a partition.</summary>
    internal int RowsOf(string partition) => _partitions.GetValueOrDefault(partition)?.RowCount ?? 0;

    /// <summary>Copies vectors of a partition, as evenly spread over its rows as can be.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>Vectors of norm 1.</returns>
    internal IReadOnlyList<float[]> SampleOf(string partition, int count)
    {
        var sample = new List<float[]>(count);
        if (_partitions.GetValueOrDefault(partition) is not { } index)
        {
            return sample;
        }

        // Under the lock rows do not change; so few are copied in well below a millisecond.
        lock (index.Lock)
        {
            var step = Math.Max(1, (double)index.RowCount / count);
            var (seen, next) = (0L, 0.0);
            foreach (var segment in index.Segments)
            {
                for (var slot = 0; slot < segment.Filled && sample.Count < count; slot++)
                {
                    if (segment.EntryAt(slot) is not null && seen++ >= next)
                    {
                        next += step;
                        sample.Add(segment.RowAt(slot)[..segment.Dimensions].ToArray());
                    }
                }
            }
        }

        return sample;
    }
}
