using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Rows;
using RagCaching.VectorStores.InMemory.Scanning;
using RagCaching.VectorStores.InMemory.Training;

namespace RagCaching;

public sealed partial class InMemoryVectorStore
{
    /// <summary>Every plan is chosen and every stage is reached with so many searches.</summary>
    private const int WarmUpSearches = 16;

    // What the runtime has compiled serves all stores of the process.
    private static int _isWarm;

    /// <summary>Searches a first time in the background, so that the first search of a caller does not wait until the runtime has compiled what it runs.</summary>
    /// <remarks>
    /// In a copy of a few rows, and not in the partition: nothing is counted, no entry is marked as used, and the partition's plans stay those of real searches.
    /// </remarks>
    /// <param name="partition">A partition whose rows have codes.</param>
    private void WarmUp(PartitionIndex partition)
    {
        if (partition.Encoding?.Current is not { } encoding || Interlocked.Exchange(ref _isWarm, 1) != 0)
        {
            return;
        }

        var copy = PartitionCopy.Of(partition, encoding);
        var norm = UnitVector.NormOf(copy.Vectors[0].Span, nameof(partition));
        for (var i = 0; i < WarmUpSearches; i++)
        {
            // From a floor that one vector reaches down to one that leaves much.
            var query = new VectorQuery
            {
                Partition = copy.Partition.Name,
                Vector = copy.Vectors[i % copy.Vectors.Count],
                MinimumSimilarity = 0.99f - (0.05f * i),
                IncludePayload = true,
                IncludeVector = i % 2 == 0,
            };
            try
            {
                SearchIn(copy.Partition, query, norm, nameof(query), SearchWorkspace.Current, CancellationToken.None);
            }
            finally
            {
                SearchWorkspace.Current.Clear();
            }
        }

        try
        {
            // What leads there: by a partition that no caller can have, and by a call that ends before it looks at anything.
            Search(new VectorQuery { Partition = string.Empty, Vector = copy.Vectors[0] }, norm, nameof(partition), CancellationToken.None);
            _ = SearchAsync(new VectorQuery { Partition = copy.Partition.Name, Vector = copy.Vectors[0] }, new CancellationToken(canceled: true)).AsTask();
        }
        catch (ObjectDisposedException)
        {
            // The store was disposed; nobody will search.
        }
    }
}
