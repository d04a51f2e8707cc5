namespace RagCaching.Engines.Tests.Histories.Recording;

/// <summary>An instance from its start to its end.</summary>
/// <param name="Number">Its number; unique in a run.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="Slot">Its place among the tenant's instances; whoever takes its place has the same clock.</param>
internal sealed record Life(int Number, int Tenant, int Slot)
{
    /// <summary>Gets or sets when its end began.</summary>
    public long EndBegun { get; set; } = long.MaxValue;

    /// <summary>Gets or sets a value indicating whether everything that it was told is known to be written.</summary>
    public bool IsFlushed { get; set; }

    /// <summary>Gets or sets a value indicating whether its journal failed at some time.</summary>
    public bool HasFailed { get; set; }
}
