using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace RagCaching.Onnx.DependencyInjection;

/// <summary>Opens the generators when the host starts, and encodes a first question: what is wrong with a model stops the start, and the first caller finds it open and compiled.</summary>
internal sealed class EncoderStartCheck(IServiceProvider services) : IValidateOptions<EncoderStart>
{
    public ValidateOptionsResult Validate(string? name, EncoderStart options)
    {
        var generator = options.ServiceKey is { } key
            ? services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(key)
            : services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        generator.GetService<OnnxEmbeddingGenerator>()?.Rehearse();
        return ValidateOptionsResult.Success;
    }
}
