using Microsoft.Extensions.AI;

namespace RagCaching.Pipeline.Models;

/// <summary>A chat client that a pipeline may ask.</summary>
/// <param name="Key">The key under which it is registered; <see langword="null"/> for the pipeline's own one.</param>
/// <param name="Client">The client.</param>
internal sealed record PipelineModel(object? Key, IChatClient Client)
{
    private const string ControlPrefix = "ragcaching.";

    // A model without a name could be any model: its answers stay with this pipeline.
    private readonly string _salt = Guid.NewGuid().ToString("N");

    private ChatClientMetadata? Metadata => Client.GetService<ChatClientMetadata>();

    /// <summary>Gets the name of the model that answers a request, as far as it is known before it does.</summary>
    public string? NameFor(ChatOptions? options) => options?.ModelId ?? Metadata?.DefaultModelId ?? Key?.ToString();

    /// <summary>Writes what tells the model from others, each part preceded by its length.</summary>
    public string Identity()
    {
        var metadata = Metadata;
        string?[] parts = [Key?.GetType().FullName, Key?.ToString(), metadata?.ProviderName, metadata?.ProviderUri?.OriginalString, metadata?.DefaultModelId ?? _salt];
        return string.Concat(parts.Select(part => $"{part?.Length ?? -1}:{part}"));
    }

    /// <summary>Makes the options of a call: nothing that was addressed to a cache, and past the cache that the client itself may have.</summary>
    /// <remarks>Two questions over the same chunks make prompts that look alike: a cache behind the pipeline would take one for the other.</remarks>
    public ChatOptions? OptionsFor(ChatOptions? options)
    {
        if (options?.AdditionalProperties is { } properties && properties.Keys.Any(IsControl))
        {
            options = options.Clone();
            options.AdditionalProperties = new AdditionalPropertiesDictionary(properties.Where(property => !IsControl(property.Key)));
        }

        return Client.GetService<ISemanticCache>() is null
            ? options
            : (options ?? new ChatOptions()).WithSemanticCache(request => request.Mode = SemanticCacheMode.Bypass);
    }

    private static bool IsControl(string name) => name.StartsWith(ControlPrefix, StringComparison.OrdinalIgnoreCase);
}
