namespace RagCaching;

/// <summary>Holds the details of an answer that only the code that generates it knows.</summary>
/// <remarks>The factory receives the context, and may change it until it returns or until its stream ends. Not thread-safe.</remarks>
public sealed class SemanticCacheEntryContext
{
    private Dictionary<string, TimeSpan?>? _cacheableTools;

    /// <summary>Creates a context, for test doubles and decorators of <see cref="ISemanticCache"/>.</summary>
    /// <param name="entryId">The id that the answer gets if it is stored; empty if nothing will be stored.</param>
    /// <exception cref="ArgumentNullException"><paramref name="entryId"/> is <see langword="null"/>.</exception>
    public SemanticCacheEntryContext(string entryId)
    {
        ArgumentNullException.ThrowIfNull(entryId);

        EntryId = entryId;
    }

    /// <summary>Gets the id that the answer gets if it is stored.</summary>
    /// <value>Empty for a query that stores nothing.</value>
    public string EntryId { get; }

    /// <summary>Gets the tags of the answer. The collection starts with the tags of the query.</summary>
    public ICollection<string> Tags { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Gets the sources that the answer is based on, with their versions.</summary>
    /// <value>
    /// Source ids, each with its version, or <see langword="null"/> for a source without a version. Starts empty. The ids label the answer, so that
    /// <see cref="EntryFilter.SourceId"/> finds it. Ids and versions are stored with the answer and returned with it
    /// (<see cref="SemanticCacheResult.SourceVersions"/>). <see cref="SemanticCacheQuery.CurrentSourceVersion"/> is compared with the versions.
    /// </value>
    public IDictionary<string, string?> SourceVersions { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Gets or sets who caused the answer, so that <see cref="EntryFilter.CreatedBy"/> finds it.</summary>
    /// <value>Starts with <see cref="SemanticCacheQuery.CreatedBy"/>; <see langword="null"/> or empty for nobody.</value>
    public string? CreatedBy { get; set; }

    /// <summary>Gets or sets how long the answer stays valid.</summary>
    /// <value>Positive; <see langword="null"/> for the query's time to live, or else the configured one.</value>
    public TimeSpan? TimeToLive { get; set; }

    /// <summary>Gets or sets a value indicating whether the answer may be stored, and shared with callers that wait for it.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool Store { get; set; } = true;

    /// <summary>Gets the tools that may have been called on the way to an answer that is stored.</summary>
    /// <value>
    /// Names of tools, compared character by character, each with the longest time for which an answer from it stays valid, or <see langword="null"/> for no limit of its own. The name <c>*</c>
    /// stands for every tool that is not named. Starts empty: an answer for which a tool was called is not stored. An answer is stored if every tool that was called is named here and
    /// succeeded, and every call has its result; it stays valid for the shortest of the times, and gets a tag <c>tool:name</c> for each. Fill it before the factory returns its task or its stream.
    /// </value>
    public IDictionary<string, TimeSpan?> CacheableTools => _cacheableTools ??= new Dictionary<string, TimeSpan?>(StringComparer.Ordinal);

    /// <summary>Gets or sets a value indicating whether the calls of tools on the way to an answer, and their results, are stored with it.</summary>
    /// <value>
    /// Default <see langword="false"/>: what comes after the last result is stored. With <see langword="true"/> an answer with a result that has no JSON form is not stored. Set it before the
    /// factory returns its task or its stream.
    /// </value>
    public bool KeepToolCalls { get; set; }

    /// <summary>Gets or sets a value indicating whether an answer is stored that belongs to a conversation at the provider.</summary>
    /// <value>
    /// Default <see langword="false"/>. With <see langword="true"/> it is stored without the id of the conversation. Set it before the factory returns its task or its stream.
    /// </value>
    public bool StoreHosted { get; set; }

    /// <summary>Makes the context of an answer that is not going to be stored.</summary>
    internal static SemanticCacheEntryContext ForNothing() => new("") { Store = false };

    /// <summary>Gets the cacheable tools; <see langword="null"/> for none.</summary>
    internal IReadOnlyDictionary<string, TimeSpan?>? CacheableToolsOrNull => _cacheableTools;

    /// <summary>Copies the sources; <see langword="null"/> for none.</summary>
    internal IReadOnlyDictionary<string, string?>? SourcesNow() =>
        SourceVersions.Count == 0 ? null : new Dictionary<string, string?>(SourceVersions, StringComparer.Ordinal);
}
