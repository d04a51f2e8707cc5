using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace RagCaching.Comparers;

/// <summary>Compares texts by the similarity of their vectors and by what a guard sees that vectors do not: numbers, names, negation, opposites.</summary>
internal sealed class ProseComparer(IEmbeddingGenerator<string, Embedding<float>> generator, float minimumSimilarity) : IAnswerComparer
{
    private readonly LexicalGuard _guard = new();

    public async ValueTask<AnswerComparison> CompareAsync(string question, ChatResponse fresh, ChatResponse cached, CancellationToken cancellationToken = default)
    {
        var (a, b) = (fresh.Text, cached.Text);
        if (string.IsNullOrWhiteSpace(a) || string.IsNullOrWhiteSpace(b))
        {
            return AnswerComparison.Unknown;
        }

        if (!_guard.Allows(a, b))
        {
            return AnswerComparison.Different;
        }

        var vectors = await generator.GenerateAsync([a, b], options: null, cancellationToken).ConfigureAwait(false);
        if (vectors is not [{ } first, { } second] || first.Vector.Length != second.Vector.Length || first.Vector.IsEmpty)
        {
            return AnswerComparison.Unknown;
        }

        var similarity = TensorPrimitives.CosineSimilarity(first.Vector.Span, second.Vector.Span);
        return float.IsNaN(similarity) ? AnswerComparison.Unknown
            : similarity >= minimumSimilarity ? AnswerComparison.Same
            : AnswerComparison.Different;
    }
}
