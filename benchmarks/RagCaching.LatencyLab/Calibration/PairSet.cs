using System.Numerics.Tensors;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Calibration;

/// <summary>Compares every two texts of some questions.</summary>
internal static class PairSet
{
    public static IReadOnlyList<LabelledPair> Of(IEnumerable<Question> questions, IReadOnlyDictionary<string, ReadOnlyMemory<float>> vectors)
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
                var similarity = TensorPrimitives.CosineSimilarity(vectors[a.Text].Span, vectors[b.Text].Span);
                var kind = a.Answer == b.Answer ? PairKind.Same : familyOfA == familyOfB ? PairKind.LookAlike : PairKind.Different;
                pairs.Add(new LabelledPair(similarity, kind));
            }
        }

        return pairs;
    }
}
