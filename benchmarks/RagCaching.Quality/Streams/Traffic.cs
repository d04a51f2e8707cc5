using System.Numerics.Tensors;
using RagCaching.Quality.Data;

namespace RagCaching.Quality.Streams;

/// <summary>Orders in which questions are asked.</summary>
internal static class Traffic
{
    // Of the answers that only one question wants, most are left out of Zipf traffic: they can never be served.
    private const double ShareOfSingles = 0.3;

    /// <summary>Asks every question once, in random order.</summary>
    public static int[] OnePass(QuestionSet questions, int seed, int? most = null)
    {
        int[] order = [.. Enumerable.Range(0, questions.Count)];
        new Random(seed).Shuffle(order);
        return most < order.Length ? order[..most.Value] : order;
    }

    /// <summary>Leaves of an order the questions about a random part of the answers, as a small scope would be asked them.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="order">The order.</param>
    /// <param name="seed">Seeds the choice of answers.</param>
    /// <param name="share">The share of answers that stay, in (0, 1]; two at least.</param>
    public static int[] Part(QuestionSet questions, int[] order, int seed, double share)
    {
        int[] answers = [.. questions.Answers.Distinct().Order()];
        new Random(seed).Shuffle(answers);
        var kept = answers.Take(Math.Max(2, (int)(answers.Length * share))).ToHashSet();
        return [.. order.Where(row => kept.Contains(questions.Answers[row]))];
    }

    /// <summary>Brings the easy questions of an order before the hard ones, as somebody would who wants a policy to trust itself and then to fail. Both keep their order.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="order">The order.</param>
    /// <param name="isEasy">Whether a question is easy: see <see cref="EasyOf"/>.</param>
    public static int[] EasyFirst(QuestionSet questions, int[] order, bool[] isEasy) => [.. order.OrderBy(row => isEasy[row] && !questions.HasNoAnswer[row] ? 0 : 1)];

    /// <summary>Tells which questions are easy: those whose nearest other question wants the same answer.</summary>
    public static bool[] EasyOf(QuestionSet questions)
    {
        var isEasy = new bool[questions.Count];
        Parallel.For(0, questions.Count, row =>
        {
            var (nearest, highest) = (-1, float.NegativeInfinity);
            for (var other = 0; other < questions.Count; other++)
            {
                if (other != row && TensorPrimitives.CosineSimilarity<float>(questions.Vectors[row], questions.Vectors[other]) is var similarity && similarity > highest)
                {
                    (nearest, highest) = (other, similarity);
                }
            }

            isEasy[row] = nearest >= 0 && questions.Answers[nearest] == questions.Answers[row];
        });
        return isEasy;
    }

    /// <summary>Draws an answer by Zipf's law, exponent 1, and then one of its questions; questions repeat.</summary>
    public static int[] Zipf(QuestionSet questions, int seed, int requests)
    {
        var random = new Random(seed);
        int[][] groups = [.. Enumerable.Range(0, questions.Count).GroupBy(row => questions.Answers[row]).OrderBy(group => group.Key)
            .Select(group => group.ToArray()).Where(group => group.Length > 1 || random.NextDouble() < ShareOfSingles)];
        random.Shuffle(groups);
        var cumulated = new double[groups.Length];
        var sum = 0.0;
        for (var rank = 0; rank < groups.Length; rank++)
        {
            sum += 1.0 / (rank + 1);
            cumulated[rank] = sum;
        }

        var order = new int[requests];
        for (var i = 0; i < requests; i++)
        {
            var rank = Array.BinarySearch(cumulated, random.NextDouble() * sum);
            var group = groups[Math.Min(rank < 0 ? ~rank : rank, groups.Length - 1)];
            order[i] = group[random.Next(group.Length)];
        }

        return order;
    }
}
