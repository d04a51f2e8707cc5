using Microsoft.Extensions.Options;

namespace RagCaching.Quality.Encoding;

/// <summary>A sentence encoder on the processor: that of the package, or one in a folder.</summary>
internal sealed class GeneratorEncoder : ITextEncoder, IDisposable
{
    /// <summary>The word for the encoder of the package <c>RagCaching.Onnx.MiniLM</c>.</summary>
    public const string MiniLM = "minilm";

    private readonly OnnxEmbeddingGenerator _generator;

    private GeneratorEncoder(OnnxEmbeddingGenerator generator) => _generator = generator;

    /// <summary>Opens an encoder.</summary>
    /// <param name="path"><see cref="MiniLM"/>, or the folder of another one.</param>
    /// <exception cref="QualityException">A file is missing or cannot be used; the message names the file.</exception>
    public static GeneratorEncoder Open(string path)
    {
        try
        {
            return new GeneratorEncoder(path == MiniLM ? MiniLMModel.Open(Configure) : OnnxEmbeddingGenerator.Open(path, OptionsOfFolders()));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or OptionsValidationException)
        {
            throw new QualityException(exception.Message);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="QualityException">The model fails, or there is nothing to read in a text.</exception>
    public float[][] Encode(IReadOnlyList<string> texts)
    {
        try
        {
            return [.. _generator.GenerateAsync(texts).GetAwaiter().GetResult().Select(embedding => embedding.Vector.ToArray())];
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new QualityException(exception.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _generator.Dispose();

    private static OnnxEmbeddingOptions OptionsOfFolders()
    {
        var options = new OnnxEmbeddingOptions();
        Configure(options);
        return options;
    }

    // Nothing else runs beside a measurement.
    private static void Configure(OnnxEmbeddingOptions options) => options.Limits.MaxConcurrency = Environment.ProcessorCount;
}
