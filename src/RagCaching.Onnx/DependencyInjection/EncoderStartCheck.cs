using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace RagCaching.Onnx.DependencyInjection;

/// <summary>Opens the generators when the host starts: what is wrong with a model stops the start, and the first question finds it open.</summary>
internal sealed class EncoderStartCheck(IServiceProvider services) : IValidateOptions<EncoderStart>
{
    public ValidateOptionsResult Validate(string? name, EncoderStart options)
    {
        _ = options.ServiceKey is { } key
            ? services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(key)
            : services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        return ValidateOptionsResult.Success;
    }
}
