using RagCaching.VectorStores.InMemory.Capacity;
using RagCaching.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.VectorStores.InMemory.Training;

/// <summary>A few rows of a partition, to try searches on without a trace in the partition.</summary>
/// <param name="Partition">The partition of the copies, with codes.</param>
/// <param name="Vectors">The vectors that were copied.</param>
internal sealed record PartitionCopy(PartitionIndex Partition, IReadOnlyList<ReadOnlyMemory<float>> Vectors)
{
    private const int MostRows = 2 * SketchLayout.FewestRows;

    /// <summary>Copies the first rows.</summary>
    /// <param name="partition">The partition; it has rows.</param>
    /// <param name="encoding">The encoding of its codes.</param>
    public static PartitionCopy Of(PartitionIndex partition, SketchEncoding encoding)
    {
        var vectors = FirstRows(partition);
        var copy = new PartitionIndex("copy", (_, _) => new FixedEncoding(encoding));
        var capacity = new StoreCapacity(vectors.Count, long.MaxValue, maxOwnerShare: 1);
        for (var i = 0; i < vectors.Count; i++)
        {
            var entry = new VectorEntry { Partition = copy.Name, Id = $"{i}", Vector = vectors[i], CreatedAt = default, ExpiresAt = DateTimeOffset.MaxValue };
            copy.TryUpsert(entry, WriteScratch.Current.Normalise(vectors[i].Span, norm: 1), deadline: long.MaxValue, capacity);
        }

        PartitionEncoder.EncodeSketches(copy, encoding, CancellationToken.None);
        return new PartitionCopy(copy, vectors);
    }

    private static List<ReadOnlyMemory<float>> FirstRows(PartitionIndex partition)
    {
        var vectors = new List<ReadOnlyMemory<float>>();
        lock (partition.Lock)
        {
            foreach (var segment in partition.Segments)
            {
                for (var slot = 0; slot < segment.Filled && vectors.Count < MostRows; slot++)
                {
                    if (segment.EntryAt(slot) is not null)
                    {
                        vectors.Add(segment.RowAt(slot)[..segment.Dimensions].ToArray());
                    }
                }
            }
        }

        return vectors;
    }

    private sealed class FixedEncoding(SketchEncoding encoding) : IModelEncoding
    {
        public SketchEncoding? Current => encoding;

        public void Added(PartitionIndex partition)
        {
        }

        public void Moved(PartitionIndex partition)
        {
        }

        public void Removed()
        {
        }
    }
}
