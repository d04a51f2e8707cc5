namespace RagCaching;

/// <summary>What a cache, or one scope of it, has saved and spent since it was created. A snapshot; immutable.</summary>
public sealed class SemanticCacheBalance
{
    /// <summary>Gets the number of requests, without those that bypassed the cache.</summary>
    public required long Requests { get; init; }

    /// <summary>Gets the numbers of each model, those that saved most tokens first.</summary>
    public required IReadOnlyList<ModelBalance> Models { get; init; }

    /// <summary>Gets the model calls that hits, joined and stale answers made unnecessary, with the tokens that the answers took when they were generated.</summary>
    public ModelUse Saved => Models.Aggregate(default(ModelUse), static (sum, model) => sum + model.Saved);

    /// <summary>Gets how long the models took for the answers that were served again, the time that callers did not wait.</summary>
    /// <value>
    /// The sum, over exact and re-worded hits, of the time in which the stored answer was generated. An answer that was stored by the host itself, imported or curated has none, a joined one was waited for, and one that is served because the
    /// model fails or is slow saves none. What the lookups took is not subtracted.
    /// </value>
    public TimeSpan SavedTime { get; init; }

    /// <summary>Gets the calls that were made because there is a cache, for all purposes.</summary>
    public ModelUse Spent => Models.SelectMany(static model => model.Spent.Values).Aggregate(default(ModelUse), static (sum, use) => sum + use);

    /// <summary>Gets by how much the bill is smaller than it would be without a cache.</summary>
    /// <value>
    /// The cost of <see cref="Saved"/> less that of <see cref="Spent"/>, without <see cref="SpendingPurpose.Audit"/>: what was answered anew to check the cache would have been generated without it, too.
    /// Negative where the cache costs more than it saves. 0 without prices.
    /// </value>
    public decimal NetBenefit => Saved.Cost - Spent.Cost + SpentFor(SpendingPurpose.Audit).Cost;

    /// <summary>Adds up what was spent for one purpose.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <returns>The calls of all models.</returns>
    public ModelUse SpentFor(SpendingPurpose purpose) => Models.Aggregate(default(ModelUse), (sum, model) => sum + model.Spent.GetValueOrDefault(purpose));
}
