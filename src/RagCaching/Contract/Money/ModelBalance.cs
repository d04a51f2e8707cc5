namespace RagCaching;

/// <summary>What a cache has saved and spent of one model.</summary>
public sealed class ModelBalance
{
    /// <summary>Gets the id of the model; empty for calls whose model is not known.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the calls that were not needed.</summary>
    public required ModelUse Saved { get; init; }

    /// <summary>Gets the calls that were made because there is a cache, by purpose. Purposes without calls are left out.</summary>
    public required IReadOnlyDictionary<SpendingPurpose, ModelUse> Spent { get; init; }
}
