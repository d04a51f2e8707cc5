using RagCaching.VectorData.Records;

namespace RagCaching.VectorData.Collections;

/// <summary>Cuts the slots into ranges that hold about a page of records each, without knowing how many there are.</summary>
/// <remarks>
/// It needs of a database nothing but a comparison: no order, and no skipping, which some databases do not have and others do by reading what they skip. A record never changes its slot, so whatever is
/// written meanwhile, none is met twice and none that was there is passed over. Ranges with too many records are halved, those with few are followed by wider ones.
/// </remarks>
internal struct SlotCursor
{
    /// <summary>The most records in a page.</summary>
    public const int PageSize = 256;

    public SlotCursor()
    {
    }

    /// <summary>Gets the first slot of the range.</summary>
    public long From { get; private set; }

    /// <summary>Gets the slot after its last.</summary>
    public long To { get; private set; } = EntryNames.Slots;

    /// <summary>Gets a value indicating whether there is no range left.</summary>
    public readonly bool IsAtEnd => From == EntryNames.Slots;

    /// <summary>Takes note that the range holds more than a page.</summary>
    /// <returns>Whether there is a smaller range to try.</returns>
    public bool TryHalve()
    {
        var width = (To - From) / 2;
        To = From + Math.Max(width, 1);
        return width > 0;
    }

    /// <summary>Goes to the next range.</summary>
    /// <param name="records">The number of records that this one held.</param>
    public void Advance(int records)
    {
        var width = To - From;
        From = To;
        To = Math.Min(EntryNames.Slots, From + (records < PageSize / 2 ? width + (width / 2) + 1 : width));
    }
}
