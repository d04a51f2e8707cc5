using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Rag;

/// <summary>Embeds each question once for all sources, as an application without an embedding cache would.</summary>
internal sealed class QuestionVectors(IEmbeddingGenerator<string, Embedding<float>> generator)
{
    private readonly ConditionalWeakTable<RetrievalRequest, Lazy<Task<ReadOnlyMemory<float>>>> _vectors = [];

    public Task<ReadOnlyMemory<float>> OfAsync(RetrievalRequest request) =>
        _vectors.GetValue(request, asked => new Lazy<Task<ReadOnlyMemory<float>>>(() => generator.GenerateVectorAsync(asked.Question))).Value;
}
