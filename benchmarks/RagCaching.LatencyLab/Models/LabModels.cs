using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Models;

/// <summary>The models that run in the lab's own process. Thread-safe.</summary>
internal sealed class LabModels : IDisposable
{
    private const int Trials = 9;

    private LabModels(EncoderKind kind, IEmbeddingGenerator<string, Embedding<float>> encoder)
    {
        var memory = new EncoderMemory(encoder);
        Encoder = memory.Encoder;
        Answerer = new ExtractiveAnswerer(
            memory.Recall, kind == EncoderKind.MiniLM ? ExtractiveAnswerer.LeastConfidenceOfMiniLM : ExtractiveAnswerer.LeastConfidenceOfHashing);
    }

    public IEmbeddingGenerator<string, Embedding<float>> Encoder { get; }

    public ExtractiveAnswerer Answerer { get; }

    /// <summary>Gets how long opening took, with the first vector.</summary>
    public TimeSpan Opening { get; private init; }

    /// <summary>Gets the median time of one question.</summary>
    public TimeSpan OneQuestion { get; private init; }

    /// <summary>Opens the encoder and tries it.</summary>
    /// <exception cref="LabException">The files of the model are missing or damaged.</exception>
    public static async Task<LabModels> OpenAsync(EncoderKind kind, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var encoder = Encoders.Open(kind);
        await encoder.GenerateAsync("How long does the first vector take?", cancellationToken: cancellationToken);
        var opening = time.GetElapsedTime(started);
        var trials = new List<TimeSpan>();
        for (var i = 0; i < Trials; i++)
        {
            var start = time.GetTimestamp();
            await encoder.GenerateAsync($"How long does a question of ordinary length take, number {i}?", cancellationToken: cancellationToken);
            trials.Add(time.GetElapsedTime(start));
        }

        trials.Sort();
        return new LabModels(kind, encoder) { Opening = opening, OneQuestion = trials[Trials / 2] };
    }

    /// <summary>Disposes the encoder too.</summary>
    public void Dispose() => Encoder.Dispose();
}
