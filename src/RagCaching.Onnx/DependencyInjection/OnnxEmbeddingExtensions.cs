using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RagCaching;
using RagCaching.Onnx.Contract;
using RagCaching.Onnx.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers sentence encoders that run on the processor.</summary>
public static class OnnxEmbeddingExtensions
{
    /// <summary>Registers an <see cref="OnnxEmbeddingGenerator"/> as the host's embedding generator. The model is opened when the host starts.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="folder">The folder with <c>model.onnx</c> and <c>vocab.txt</c>.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>A builder, to put the embedding cache or other middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="folder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddOnnxEmbeddingGenerator(this IServiceCollection services, string folder, Action<OnnxEmbeddingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);

        AddOptions(services, Options.Options.DefaultName, serviceKey: null, configure);
        return services.AddEmbeddingGenerator(provider => Create(provider, Options.Options.DefaultName, folder));
    }

    /// <summary>Registers an <see cref="OnnxEmbeddingGenerator"/> under a key. The model is opened when the host starts.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="serviceKey">The key of the generator, and the name of its options. Not empty.</param>
    /// <param name="folder">The folder with <c>model.onnx</c> and <c>vocab.txt</c>.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>A builder, to put the embedding cache or other middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/>, <paramref name="serviceKey"/> or <paramref name="folder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="folder"/> or the text of <paramref name="serviceKey"/> is empty.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddKeyedOnnxEmbeddingGenerator(
        this IServiceCollection services, object serviceKey, string folder, Action<OnnxEmbeddingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(serviceKey);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var name = serviceKey.ToString();
        ArgumentException.ThrowIfNullOrEmpty(name, nameof(serviceKey));

        AddOptions(services, name, serviceKey, configure);
        return services.AddKeyedEmbeddingGenerator(serviceKey, provider => Create(provider, name, folder));
    }

    /// <summary>Sets the embedding generator of a cache to an <see cref="OnnxEmbeddingGenerator"/>, instead of the one that was registered before.</summary>
    /// <param name="builder">The builder of the cache.</param>
    /// <param name="folder">The folder with <c>model.onnx</c> and <c>vocab.txt</c>.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="folder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    /// <remarks>The generator of the default cache is the host's default generator. To use another model for documents, register that one under a key.</remarks>
    public static IRagCachingBuilder UseOnnxEmbeddings(this IRagCachingBuilder builder, string folder, Action<OnnxEmbeddingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);

        // The one that was there would otherwise still be found by whoever asks for all of them.
        for (var i = builder.Services.Count - 1; i >= 0; i--)
        {
            if (builder.Services[i].ServiceType == typeof(IEmbeddingGenerator<string, Embedding<float>>) && Equals(builder.Services[i].ServiceKey, builder.ServiceKey))
            {
                builder.Services.RemoveAt(i);
            }
        }

        _ = builder.ServiceKey is { } key
            ? builder.Services.AddKeyedOnnxEmbeddingGenerator(key, folder, configure)
            : builder.Services.AddOnnxEmbeddingGenerator(folder, configure);
        return builder;
    }

    private static void AddOptions(IServiceCollection services, string name, object? serviceKey, Action<OnnxEmbeddingOptions>? configure)
    {
        // Checked when the generator is opened, which is at the start: a check of their own at the start would say the same again.
        var options = services.AddOptions<OnnxEmbeddingOptions>(name);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OnnxEmbeddingOptions>, OnnxEmbeddingOptionsRules>());
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddSingleton<IHostedService>(provider => new EncoderStart(provider, serviceKey));
    }

    private static OnnxEmbeddingGenerator Create(IServiceProvider services, string name, string folder) =>
        OnnxEmbeddingGenerator.Open(folder, services.GetRequiredService<IOptionsMonitor<OnnxEmbeddingOptions>>().Get(name), services);
}
