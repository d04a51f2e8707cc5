using RagCaching;

namespace Microsoft.Extensions.AI;

/// <content>Puts a cache in front of tools.</content>
public static partial class SemanticCacheToolExtensions
{
    /// <summary>Stores the results of tools that merely read.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="cache">The cache. Not disposed.</param>
    /// <param name="configure">Names the tools, and says how long their results stay valid.</param>
    /// <param name="services">Where an <see cref="Microsoft.Extensions.Logging.ILoggerFactory"/> and a meter factory may be.</param>
    /// <returns>A new list, in which each named tool is a <see cref="CachedAIFunction"/> and every other one is as it was.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tools"/>, <paramref name="cache"/> or <paramref name="configure"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A named tool is not among the tools, or is no function that runs here.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is out of range.</exception>
    public static IList<AITool> UseResultCache(this IEnumerable<AITool> tools, ISemanticCache cache, Action<ToolResultCacheOptions> configure, IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(configure);

        var options = new ToolResultCacheOptions();
        configure(options);
        var list = tools.ToList();
        foreach (var name in options.Tools.Keys)
        {
            if (!list.Any(tool => tool.Name == name && tool is AIFunction))
            {
                throw new ArgumentException($"The tool '{name}' is not among the tools, or is no function that runs here.", nameof(configure));
            }
        }

        return [.. list.Select(tool => tool is AIFunction function && options.Tools.ContainsKey(tool.Name) ? new CachedAIFunction(function, cache, options, services) : tool)];
    }
}
