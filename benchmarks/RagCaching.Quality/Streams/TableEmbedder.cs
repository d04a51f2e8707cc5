using Microsoft.Extensions.AI;
using RagCaching.Quality.Data;

namespace RagCaching.Quality.Streams;

/// <summary>An embedding generator that knows the vectors of question sets.</summary>
internal sealed class TableEmbedder(IReadOnlyList<QuestionSet> sets) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly Dictionary<string, float[]> _vectors = sets.SelectMany(set => set.Texts.Zip(set.Vectors)).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);
    private readonly EmbeddingGeneratorMetadata _metadata = new("quality", defaultModelId: sets[0].Name);

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(_vectors[text]))));

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
