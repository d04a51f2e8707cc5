namespace RagCaching.Semantic.Matching;

/// <summary>Whether a candidate may be served, and if not, which stage refused it.</summary>
/// <param name="Reason"><see cref="SemanticCacheReason.None"/> when it may be served.</param>
internal readonly record struct MatchVerdict(SemanticCacheReason Reason)
{
    public static MatchVerdict Serve => new(SemanticCacheReason.None);

    public bool MayServe => Reason == SemanticCacheReason.None;
}
