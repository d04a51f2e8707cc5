using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace RagCaching.LatencyLab.Models;

/// <summary>Opens encoders.</summary>
internal static class Encoders
{
    /// <summary>Opens an encoder.</summary>
    /// <returns>The encoder, which the caller disposes. Thread-safe.</returns>
    /// <exception cref="LabException">The files of the model are missing or damaged.</exception>
    public static IEmbeddingGenerator<string, Embedding<float>> Open(EncoderKind kind)
    {
        if (kind == EncoderKind.Hashing)
        {
            return new HashingEmbeddingGenerator();
        }

        try
        {
            return MiniLMModel.Open();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or OptionsValidationException)
        {
            throw new LabException($"{exception.Message} Build the lab again, or run it with --encoder hashing.", exception);
        }
    }
}
