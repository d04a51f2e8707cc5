using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RagCaching.Onnx.DependencyInjection;

/// <summary>Opens a generator when the host starts, and encodes a first question: what is wrong with a model stops the start, and the first caller finds it open and compiled.</summary>
/// <param name="services">The services of the host.</param>
/// <param name="serviceKey">The key of the generator; <see langword="null"/> for the default one.</param>
internal sealed class EncoderStart(IServiceProvider services, object? serviceKey) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var generator = serviceKey is null
            ? services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>()
            : services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(serviceKey);
        if (generator.GetService<OnnxEmbeddingGenerator>() is { } encoder)
        {
            await encoder.RehearseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
