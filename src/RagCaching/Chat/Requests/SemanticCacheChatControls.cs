namespace RagCaching;

/// <summary>What one chat request says to the cache; see <see cref="Microsoft.Extensions.AI.SemanticCacheChatExtensions.WithSemanticCache"/>.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class SemanticCacheChatControls
{
    /// <summary>Gets or sets which halves of the cache the request uses.</summary>
    /// <value>Default <see cref="SemanticCacheMode.ReadWrite"/>.</value>
    public SemanticCacheMode Mode { get; set; }

    /// <summary>Gets or sets who may share the answer.</summary>
    /// <value><see langword="null"/> (the default) for the ambient scope.</value>
    public CacheScope? Scope { get; set; }

    /// <summary>Gets or sets the user's question, where the last user message holds more than that.</summary>
    /// <value><see langword="null"/> (the default) for the last user message.</value>
    public string? Question { get; set; }

    /// <summary>Gets tags for the answer, by which <see cref="EntryFilter"/> finds it later.</summary>
    public IList<string> Tags { get; } = [];

    /// <summary>Gets or sets who asks, so that the answers that this user has caused can be removed (<see cref="EntryFilter.CreatedBy"/>).</summary>
    /// <value>The id of a user; not empty; default <see langword="null"/> for nobody. It is kept as a keyed digest.</value>
    public string? CreatedBy { get; set; }

    /// <summary>Gets or sets how long the answer stays valid.</summary>
    /// <value>Positive; <see langword="null"/> (the default) for the configured time.</value>
    public TimeSpan? TimeToLive { get; set; }

    /// <summary>Gets or sets a value indicating whether the answer comes with the calls of tools that were made behind the cache, and their results.</summary>
    /// <value>
    /// Default <see langword="false"/>: a stored answer is what came after the last result. Requests with and without are answered from stored answers of their own. A stored call is marked as
    /// <see cref="Microsoft.Extensions.AI.FunctionCallContent.InformationalOnly"/>.
    /// </value>
    public bool KeepToolCalls { get; set; }

    /// <summary>Gets or sets the similarity below which nothing is served to this request.</summary>
    /// <value>A cosine in [-1, 1] that can only raise what the owner configured; default <see langword="null"/>.</value>
    public float? MinimumSimilarity { get; set; }

    /// <summary>Gets or sets how old a stored answer may be that is served to this request.</summary>
    /// <value>Not negative; default <see langword="null"/> for any answer that is valid. See <see cref="SemanticCacheQuery.MaxAge"/>.</value>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>Gets or sets a value indicating whether only an exact repeat of this request may be served.</summary>
    /// <value>Default <see langword="false"/>. With <see langword="true"/>, the question is neither embedded nor matched by meaning.</value>
    public bool ExactOnly { get; set; }
}
