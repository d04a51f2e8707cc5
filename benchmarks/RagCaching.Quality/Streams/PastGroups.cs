using RagCaching.Quality.Data;

namespace RagCaching.Quality.Streams;

/// <summary>Which past questions were given the same answer.</summary>
/// <param name="Groups">The group of each question; equal numbers are the same answer.</param>
/// <param name="Pairs">Each question that was no repeat, with the nearest one before it.</param>
/// <param name="Comparisons">How many answers were compared.</param>
/// <param name="Unknown">How many of those comparisons found out nothing.</param>
internal sealed record PastGroups(int[] Groups, IReadOnlyList<LabelledPair> Pairs, long Comparisons, long Unknown)
{
    // An answer is compared with those of the nearest questions, one of each group, as a cache under a budget does.
    private const int MostCompared = 4;
    private const int MostNeighbours = 16;

    // Questions this far from each other are not about the same.
    private const float LeastSimilarity = 0.5f;

    /// <summary>Groups a log, question by question.</summary>
    /// <param name="log">The log.</param>
    /// <param name="vectors">The vectors of its questions.</param>
    /// <param name="comparer">Says whether two answers are the same.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<PastGroups> FindAsync(PastAnswers log, float[][] vectors, IAnswerComparer comparer, CancellationToken cancellationToken)
    {
        var groups = new int[log.Questions.Length];
        var pairs = new List<LabelledPair>();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var (comparisons, unknown, count) = (0L, 0L, 0);
        for (var i = 0; i < groups.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var nearest = NearestBefore(vectors, i);
            if (!known.TryGetValue(log.Answers[i], out groups[i]))
            {
                groups[i] = count;
                foreach (var (other, _) in nearest.Where(near => near.Similarity >= LeastSimilarity).DistinctBy(near => groups[near.Row]).Take(MostCompared))
                {
                    comparisons++;
                    var comparison = await comparer.CompareAsync(log.Questions[i], CacheStream.Answer(log.Answers[i]), CacheStream.Answer(log.Answers[other]), cancellationToken);
                    unknown += comparison == AnswerComparison.Unknown ? 1 : 0;
                    if (comparison == AnswerComparison.Same)
                    {
                        groups[i] = groups[other];
                        break;
                    }
                }

                known.Add(log.Answers[i], groups[i]);
                count += groups[i] == count ? 1 : 0;
            }

            if (asked.Add(log.Questions[i]) && nearest.Count > 0)
            {
                var (row, similarity) = nearest[0];
                pairs.Add(new LabelledPair(log.Questions[i], log.Questions[row], groups[i] == groups[row], similarity, Kind: ""));
            }
        }

        return new PastGroups(groups, pairs, comparisons, unknown);
    }

    private static List<(int Row, float Similarity)> NearestBefore(float[][] vectors, int row)
    {
        var nearest = new PriorityQueue<int, float>();
        for (var other = 0; other < row; other++)
        {
            var similarity = PairSimilarities.Cosine(vectors[row], vectors[other]);
            if (nearest.Count < MostNeighbours)
            {
                nearest.Enqueue(other, similarity);
            }
            else
            {
                nearest.EnqueueDequeue(other, similarity);
            }
        }

        return [.. nearest.UnorderedItems.OrderByDescending(item => item.Priority).ThenBy(item => item.Element).Select(item => (item.Element, item.Priority))];
    }
}
