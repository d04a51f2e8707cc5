using Microsoft.Extensions.Options;

namespace RagCaching;

/// <summary>Settings for stored results of tools; see <see cref="CachedAIFunction"/>.</summary>
public sealed class ToolResultCacheOptions
{
    internal const int DefaultMaxResultLength = 256 * 1024;
    internal static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromMinutes(5);

    /// <summary>Gets the tools whose results are stored, for <c>UseResultCache</c>.</summary>
    /// <value>
    /// Names of tools, compared character by character, each with the time (positive) for which its results stay valid, or <see langword="null"/> for <see cref="TimeToLive"/>. Starts empty. Name only
    /// tools that merely read, and whose results are the same for all who share the scope.
    /// </value>
    public IDictionary<string, TimeSpan?> Tools { get; } = new Dictionary<string, TimeSpan?>(StringComparer.Ordinal);

    /// <summary>Gets or sets how long results stay valid where nothing else is said.</summary>
    /// <value>Positive; default 5 minutes.</value>
    public TimeSpan TimeToLive { get; set; } = DefaultTimeToLive;

    /// <summary>Gets or sets the longest result that is stored.</summary>
    /// <value>In UTF-16 code units of its text or JSON, at least 1; default 262,144. A longer one is returned and not stored.</value>
    public int MaxResultLength { get; set; } = DefaultMaxResultLength;

    /// <summary>Gets or sets who may share results.</summary>
    /// <value>Default <see langword="null"/>: the ambient scope, as for answers.</value>
    public CacheScope? Scope { get; set; }

    /// <summary>Gets or sets a text that must be equal for a result to be served, such as the version of what the tools read.</summary>
    /// <value>Any text, compared character by character; default <see langword="null"/>.</value>
    public string? Version { get; set; }

    /// <summary>Makes a copy that nobody else can change.</summary>
    /// <exception cref="OptionsValidationException">A setting is out of range.</exception>
    internal ToolResultCacheOptions Checked()
    {
        var errors = new ValidateOptionsResultBuilder();
        if (TimeToLive <= TimeSpan.Zero)
        {
            errors.AddError($"Must be positive, but was {TimeToLive}.", nameof(TimeToLive));
        }

        if (MaxResultLength < 1)
        {
            errors.AddError($"Must be at least 1, but was {MaxResultLength}.", nameof(MaxResultLength));
        }

        foreach (var (tool, timeToLive) in Tools)
        {
            if (string.IsNullOrWhiteSpace(tool) || timeToLive <= TimeSpan.Zero)
            {
                errors.AddError($"Needs names that are not blank and times that are positive, but has '{tool}' with {timeToLive}.", nameof(Tools));
            }
        }

        var result = errors.Build();
        if (result.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(ToolResultCacheOptions), result.Failures);
        }

        var copy = new ToolResultCacheOptions { TimeToLive = TimeToLive, MaxResultLength = MaxResultLength, Scope = Scope, Version = Version };
        foreach (var (tool, timeToLive) in Tools)
        {
            copy.Tools[tool] = timeToLive;
        }

        return copy;
    }
}
