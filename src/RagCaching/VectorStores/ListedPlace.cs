using System.Globalization;

namespace RagCaching.VectorStores;

/// <summary>Where an entry stands in a list of the newest first. Entries of the same time are in the order of their names, so that each stands in one place.</summary>
/// <param name="CreatedAt">When it was created, in ticks of UTC.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Id">Its id.</param>
internal readonly record struct ListedPlace(long CreatedAt, string Partition, string Id) : IComparable<ListedPlace>
{
    private const char Separator = '.';
    private const int MaxLength = 200;

    /// <summary>Gets the place of an entry.</summary>
    public static ListedPlace Of(VectorEntry entry) => new(entry.CreatedAt.UtcTicks, entry.Partition, entry.Id);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <returns>Whether it can be a place.</returns>
    public static bool TryParse(string text, out ListedPlace place)
    {
        place = default;
        if (text.Length > MaxLength || text.Split(Separator) is not [var time, { Length: > 0 } partition, { Length: > 0 } id]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var createdAt))
        {
            return false;
        }

        place = new ListedPlace(createdAt, partition, id);
        return true;
    }

    /// <summary>Compares two places; the newer one comes first.</summary>
    public int CompareTo(ListedPlace other) =>
        CreatedAt != other.CreatedAt ? other.CreatedAt.CompareTo(CreatedAt)
        : string.CompareOrdinal(Partition, other.Partition) is not 0 and var order ? order
        : string.CompareOrdinal(Id, other.Id);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{CreatedAt}{Separator}{Partition}{Separator}{Id}");
}
