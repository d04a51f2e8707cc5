namespace RagCaching.Compatibility.Tests.Matrix;

/// <summary>What comes of a question in one arrangement, as the page about compatibility says it: a word for what is served, or the reason why nothing is.</summary>
internal sealed record Expected(string Exact, string Meaning, string InFlight, string Fidelity)
{
    public const string Hit = "hit";
    public const string Shared = "shared";
    public const string Same = "same";

    /// <summary>Everything works.</summary>
    public static readonly Expected All = new(Hit, Hit, Shared, Same);

    /// <summary>The request is not cached, for a reason that is said.</summary>
    public static Expected Bypass(SemanticCacheReason reason) => new(reason.ToString(), reason.ToString(), reason.ToString(), Same);
}
