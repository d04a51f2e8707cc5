using System.Globalization;
using RagCaching.Quality.Data;
using RagCaching.Quality.Streams;

namespace RagCaching.Quality.Baselines;

/// <summary>Replays labelled questions under vCache's policy, over the same exact store. It bounds wrong answers over all requests and not over those served.</summary>
internal static class VCacheStream
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    public static async Task<StreamResult> RunAsync(QuestionSet questions, int[] order, double maxErrorRate, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var entries = new Dictionary<string, VCacheEntry>(StringComparer.Ordinal);
        var asked = new HashSet<int>();
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = order.Length + 1 });
        var (requests, served, wrong) = (0, 0, 0);
        for (var i = 0; i < order.Length; i++)
        {
            var row = order[i];
            if (asked.Contains(row))
            {
                // Stored under exactly this question, so an exact repeat here as elsewhere.
                continue;
            }

            requests++;
            var answer = questions.HasNoAnswer[row] ? -1 - i : questions.Answers[row];
            var found = await store.SearchAsync(new VectorQuery { Partition = "p", Vector = questions.Vectors[row] }, cancellationToken);
            var entry = found.Count == 0 ? null : entries[found[0].Entry.Id];
            if (entry?.Curve is { } curve && random.NextDouble() < curve.ServeProbability(found[0].Similarity, maxErrorRate))
            {
                served++;
                wrong += entry.Answer == answer ? 0 : 1;
                continue;
            }

            entry?.Observe(found[0].Similarity, entry.Answer == answer);
            if (entry?.Answer != answer)
            {
                var id = row.ToString(CultureInfo.InvariantCulture);
                entries[id] = new VCacheEntry(answer);
                asked.Add(row);
                await store.UpsertAsync(
                    new VectorEntry { Partition = "p", Id = id, Vector = questions.Vectors[row], CreatedAt = Start, ExpiresAt = DateTimeOffset.MaxValue }, cancellationToken);
            }
        }

        return new StreamResult(requests, served, wrong) { Asked = order.Length };
    }
}
