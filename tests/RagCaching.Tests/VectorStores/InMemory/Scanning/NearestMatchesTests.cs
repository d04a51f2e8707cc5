using CsCheck;
using RagCaching.Tests.VectorStores.InMemory.Rows;
using RagCaching.VectorStores.InMemory.Rows;
using RagCaching.VectorStores.InMemory.Scanning;

namespace RagCaching.Tests.VectorStores.InMemory.Scanning;

public sealed class NearestMatchesTests
{
    [Fact]
    public void Sort_RandomOffersWithTies_EqualsAStableSort()
    {
        Gen.Select(Gen.Int[0, 10].List[0, 100], Gen.Int[1, 110], Gen.Int[0, 10]).Sample((scores, limit, minimum) =>
        {
            var nearest = new NearestMatches(limit, minimum);
            try
            {
                for (var i = 0; i < scores.Count; i++)
                {
                    if (scores[i] >= nearest.Floor)
                    {
                        nearest.Offer(Entry(i), scores[i]);
                    }
                }

                var expected = scores
                    .Select((score, index) => ((float)score, (long)index))
                    .Where(item => item.Item1 >= minimum)
                    .OrderByDescending(item => item.Item1)
                    .Take(limit);
                Assert.Equal(expected, nearest.Sort().ToArray().Select(item => (item.Similarity, item.Entry.Ordinal)));
            }
            finally
            {
                nearest.Dispose();
            }
        });
    }

    private static StoredEntry Entry(long ordinal)
    {
        var value = new VectorEntry { Partition = "partition", Id = "id", CreatedAt = default, ExpiresAt = default };
        return new StoredEntry(TestPartitions.New("partition"), value, ordinal, deadline: 0);
    }
}
