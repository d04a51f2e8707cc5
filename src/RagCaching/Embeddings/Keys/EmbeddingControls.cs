using System.Globalization;
using Microsoft.Extensions.AI;

namespace RagCaching.Embeddings.Keys;

/// <summary>Reads and removes what a request says to the cache and not to the generator.</summary>
/// <remarks>The values are primitive ones, since objects among additional properties cannot be serialised under native AOT.</remarks>
internal static class EmbeddingControls
{
    /// <summary>What the names of all such properties start with.</summary>
    public const string Prefix = "ragcaching.";

    /// <summary>The property that holds the name of an <see cref="EmbeddingCacheMode"/>, in any case.</summary>
    public const string Mode = Prefix + "mode";

    /// <summary>The property that holds the time to live in seconds.</summary>
    public const string TimeToLive = Prefix + "ttl";

    /// <summary>Gets the mode of a request.</summary>
    /// <exception cref="ArgumentException">The property holds something else than the name of a mode.</exception>
    public static EmbeddingCacheMode ModeOf(EmbeddingGenerationOptions? options)
    {
        if (options?.AdditionalProperties is not { } properties || !properties.TryGetValue(Mode, out var value))
        {
            return EmbeddingCacheMode.ReadWrite;
        }

        return value is string name && Enum.TryParse<EmbeddingCacheMode>(name, ignoreCase: true, out var mode) && Enum.IsDefined(mode)
            ? mode
            : throw new ArgumentException($"'{Mode}' must be one of {string.Join(", ", Enum.GetNames<EmbeddingCacheMode>())}, but was '{value}'.", nameof(options));
    }

    /// <summary>Gets the time to live that a request asks for.</summary>
    /// <exception cref="ArgumentException">The property holds something else than a number of seconds in range.</exception>
    public static TimeSpan? TimeToLiveOf(EmbeddingGenerationOptions? options)
    {
        if (options?.AdditionalProperties is not { } properties || !properties.TryGetValue(TimeToLive, out var value))
        {
            return null;
        }

        double? seconds = value is int or long or float or double ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;
        return seconds > 0 && seconds <= CachedEmbedderOptions.MaxTimeToLive.TotalSeconds
            ? TimeSpan.FromSeconds(seconds.Value)
            : throw new ArgumentException($"'{TimeToLive}' must be a number of seconds, more than zero and at most 3,650 days, but was '{value}'.", nameof(options));
    }

    /// <summary>Copies options without what is meant for the cache; the copy is the request's own, whatever its caller does next.</summary>
    public static EmbeddingGenerationOptions? WithoutControls(EmbeddingGenerationOptions? options)
    {
        if (options is null)
        {
            return null;
        }

        var copy = options.Clone();
        if (copy.AdditionalProperties is { } properties)
        {
            foreach (var name in properties.Keys.Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToArray())
            {
                properties.Remove(name);
            }

            if (properties.Count == 0)
            {
                copy.AdditionalProperties = null;
            }
        }

        return copy;
    }
}
