using Microsoft.Extensions.AI;
using RagCaching;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the sentence encoder all-MiniLM-L6-v2, which needs no key, no server and no configuration.</summary>
public static class MiniLMEmbeddingExtensions
{
    /// <summary>Registers the encoder as the host's embedding generator. It is opened when the host starts.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Changes the settings: see <see cref="MiniLMModel.Open"/>.</param>
    /// <returns>A builder, to put the embedding cache or other middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddMiniLMEmbeddingGenerator(this IServiceCollection services, Action<OnnxEmbeddingOptions>? configure = null) =>
        services.AddOnnxEmbeddingGenerator(MiniLMModel.Folder, MiniLMModel.SettingsWith(configure));

    /// <summary>Registers the encoder under a key. It is opened when the host starts.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="serviceKey">The key of the generator, and the name of its options. Not empty.</param>
    /// <param name="configure">Changes the settings: see <see cref="MiniLMModel.Open"/>.</param>
    /// <returns>A builder, to put the embedding cache or other middleware around the generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="serviceKey"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The text of <paramref name="serviceKey"/> is empty.</exception>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddKeyedMiniLMEmbeddingGenerator(
        this IServiceCollection services, object serviceKey, Action<OnnxEmbeddingOptions>? configure = null) =>
        services.AddKeyedOnnxEmbeddingGenerator(serviceKey, MiniLMModel.Folder, MiniLMModel.SettingsWith(configure));

    /// <summary>Sets the embedding generator of a cache to the encoder, instead of the one that was registered before.</summary>
    /// <param name="builder">The builder of the cache.</param>
    /// <param name="configure">Changes the settings: see <see cref="MiniLMModel.Open"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>The generator of the default cache is the host's default generator. To use another model for documents, register that one under a key.</remarks>
    public static IRagCachingBuilder UseMiniLMEmbeddings(this IRagCachingBuilder builder, Action<OnnxEmbeddingOptions>? configure = null) =>
        builder.UseOnnxEmbeddings(MiniLMModel.Folder, MiniLMModel.SettingsWith(configure));
}
