namespace RagCaching;

/// <summary>Holds the details of an answer that only the code that generates it knows.</summary>
/// <remarks>The factory receives the context, and may change it until it returns or until its stream ends. Not thread-safe.</remarks>
public sealed class SemanticCacheEntryContext
{
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

    /// <summary>Gets or sets how long the answer stays valid.</summary>
    /// <value>Positive; <see langword="null"/> for the query's time to live, or else the configured one.</value>
    public TimeSpan? TimeToLive { get; set; }

    /// <summary>Gets or sets a value indicating whether the answer may be stored, and shared with callers that wait for it.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool Store { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether an answer is stored for which tools were called on the way.</summary>
    /// <value>
    /// Default <see langword="false"/>. With <see langword="true"/> the messages after the last result of a tool are stored, if every call has a result; neither calls nor results are.
    /// Such an answer is never shared with callers that wait for it. Set it before the factory returns its task or its stream.
    /// </value>
    public bool StoreAfterTools { get; set; }

    /// <summary>Gets or sets a value indicating whether an answer is stored that belongs to a conversation at the provider.</summary>
    /// <value>
    /// Default <see langword="false"/>. With <see langword="true"/> it is stored without the id of the conversation. Set it before the factory returns its task or its stream.
    /// </value>
    public bool StoreHosted { get; set; }

    /// <summary>Makes the context of an answer that is not going to be stored.</summary>
    internal static SemanticCacheEntryContext ForNothing() => new("") { Store = false };

    /// <summary>Copies the sources; <see langword="null"/> for none.</summary>
    internal IReadOnlyDictionary<string, string?>? SourcesNow() =>
        SourceVersions.Count == 0 ? null : new Dictionary<string, string?>(SourceVersions, StringComparer.Ordinal);
}
