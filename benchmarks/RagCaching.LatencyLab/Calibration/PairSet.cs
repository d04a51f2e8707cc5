using System.Numerics.Tensors;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Calibration;

/// <summary>Compares every two texts of some questions.</summary>
internal static class PairSet
{
    /// <summary>Compares by similarity, and asks a guard both ways round: a pair that it allows one way can be served.</summary>
    public static IReadOnlyList<LabelledPair> Of(IEnumerable<Question> questions, IReadOnlyDictionary<string, ReadOnlyMemory<float>> vectors, IMatchGuard guard)
    {
        var texts = questions
            .SelectMany(question => question.Wordings.Concat(QuestionSet.LookAlikesOf(question)).Select(text => (text, question.Id)))
            .ToList();
        var pairs = new List<LabelledPair>(texts.Count * (texts.Count - 1) / 2);
        for (var i = 0; i < texts.Count; i++)
        {
            for (var j = i + 1; j < texts.Count; j++)
            {
                var ((a, familyOfA), (b, familyOfB)) = (texts[i], texts[j]);
                var similarity = Math.Clamp(TensorPrimitives.CosineSimilarity(vectors[a.Text].Span, vectors[b.Text].Span), -1, 1);
                var kind = a.Answer == b.Answer ? PairKind.Same : familyOfA == familyOfB ? PairKind.LookAlike : PairKind.Different;
                pairs.Add(new LabelledPair(similarity, kind, guard.Allows(a.Text, b.Text) || guard.Allows(b.Text, a.Text)));
            }
        }

        return pairs;
    }
}
