using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>An encoder that gives made-up texts vectors around those of real questions, without reading them: so many would take minutes.</summary>
internal sealed class FillingEncoder(IEmbeddingGenerator<string, Embedding<float>> inner) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    private const string Prefix = "Made-up text ";

    // A similarity of about 0.7 to the question in the middle: among the nearest, and served to nobody.
    private const float Distance = 1;

    private float[][] _middles = [];

    public static string TextOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}");

    /// <summary>Takes the questions around which the others lie.</summary>
    public async Task RememberAsync(IEnumerable<string> questions, CancellationToken cancellationToken) =>
        _middles = [.. (await base.GenerateAsync(questions, cancellationToken: cancellationToken)).Select(embedding => embedding.Vector.ToArray())];

    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        return texts.All(text => text.StartsWith(Prefix, StringComparison.Ordinal))
            ? new GeneratedEmbeddings<Embedding<float>>(texts.Select(text => new Embedding<float>(Around(int.Parse(text.AsSpan(Prefix.Length), CultureInfo.InvariantCulture)))))
            : await base.GenerateAsync(texts, options, cancellationToken);
    }

    private float[] Around(int number)
    {
        var random = new Random(number);
        var middle = _middles[number % _middles.Length];
        var noise = new float[middle.Length];
        for (var i = 0; i < noise.Length; i++)
        {
            noise[i] = random.NextSingle() - 0.5f;
        }

        TensorPrimitives.Multiply(noise, Distance * TensorPrimitives.Norm<float>(middle) / TensorPrimitives.Norm<float>(noise), noise);
        TensorPrimitives.Add(noise, middle, noise);
        return noise;
    }
}
