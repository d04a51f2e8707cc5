using RagCaching.VectorData.Records;

namespace RagCaching.VectorData.Filters;

/// <summary>The filters that a store asks for.</summary>
internal static class RecordFilters
{
    /// <summary>Selects the entries of a partition that can be found by their vectors.</summary>
    /// <param name="partition">The partition's digest.</param>
    /// <param name="now">Entries that have expired by then are left out.</param>
    public static RecordFilter Searchable(string partition, DateTimeOffset now) =>
        RecordFilter.Empty.Equal(RecordFields.Partition, partition).Equal(RecordFields.Searchable, 1).Above(RecordFields.Expires, FilterTime.Floor(now));

    /// <summary>Selects what has expired.</summary>
    public static RecordFilter Expired(DateTimeOffset now) => RecordFilter.Empty.AtMost(RecordFields.Expires, FilterTime.Floor(now));

    /// <summary>Selects what has not expired, in addition to another filter.</summary>
    public static RecordFilter Live(this RecordFilter filter, DateTimeOffset now) => filter.Above(RecordFields.Expires, FilterTime.Floor(now));

    /// <summary>Selects one part of a collection, in addition to another filter.</summary>
    public static RecordFilter Between(this RecordFilter filter, long from, long to) => filter.AtLeast(RecordFields.Slot, from).Below(RecordFields.Slot, to);

    /// <summary>Selects all that a caller's filter selects, and perhaps more: times are rounded, and labels may not be a field.</summary>
    public static RecordFilter Of(VectorFilter filter, bool withLabels)
    {
        var result = RecordFilter.Empty;
        if (filter.Partition is { } partition)
        {
            result = result.Equal(RecordFields.Partition, EntryNames.OfPartition(partition));
        }

        if (filter.CreatedBefore is { } before)
        {
            result = result.AtMost(RecordFields.Created, FilterTime.Floor(before));
        }

        return withLabels ? filter.Labels.Aggregate(result, static (all, label) => all.Has(RecordFields.Labels, EntryNames.OfLabel(label))) : result;
    }

    /// <summary>Tells whether a caller's filter may select a record whose content cannot be read, by the fields beside it.</summary>
    /// <remarks>Where labels are no field, any label may be its: a removal has to take it, and it is a miss to everybody anyway.</remarks>
    public static bool MaySelect(this VectorFilter filter, Record record, bool withLabels) =>
        (filter.Partition is not { } partition || record.GetValueOrDefault(RecordFields.Partition) is string digest && digest == EntryNames.OfPartition(partition))
        && (filter.CreatedBefore is not { } before || record.GetValueOrDefault(RecordFields.Created) is long created && created <= FilterTime.Floor(before))
        && (!withLabels || filter.Labels.Count == 0 || record.GetValueOrDefault(RecordFields.Labels) is IEnumerable<string> labels && filter.Labels.Select(EntryNames.OfLabel).All(labels.Contains));
}
