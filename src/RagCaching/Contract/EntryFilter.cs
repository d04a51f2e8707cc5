namespace RagCaching;

/// <summary>Selects stored answers to remove.</summary>
/// <remarks>
/// Conditions are combined with "and". Either <see cref="Scope"/> or <see cref="AllScopes"/> must be set, because removing the answers of
/// every scope must be an explicit decision.
/// </remarks>
public sealed class EntryFilter
{
    /// <summary>Gets the scope whose answers are selected.</summary>
    public CacheScope? Scope { get; init; }

    /// <summary>Gets a value indicating whether answers of every scope are selected.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool AllScopes { get; init; }

    /// <summary>Gets a tag that the answers must have.</summary>
    public string? Tag { get; init; }

    /// <summary>Gets a source that the answers must be based on.</summary>
    public string? SourceId { get; init; }

    /// <summary>Gets the model that must have generated the answers.</summary>
    public string? ModelId { get; init; }

    /// <summary>Gets the user who must have caused the answers (<see cref="SemanticCacheQuery.CreatedBy"/>).</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Gets the time before which the answers must have been stored.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }
}
