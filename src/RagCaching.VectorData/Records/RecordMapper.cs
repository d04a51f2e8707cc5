using System.Buffers.Text;
using Microsoft.Extensions.AI;

namespace RagCaching.VectorData.Records;

/// <summary>Turns entries into records and back.</summary>
/// <param name="schema">The form of the records.</param>
internal sealed class RecordMapper(VectorDataSchema schema)
{
    /// <summary>Gets a value indicating whether keys are of the type <see cref="Guid"/>.</summary>
    public bool HasGuidKeys => schema.GuidKeys;

    /// <summary>Makes a record.</summary>
    /// <param name="entry">The entry; its own vector is not looked at.</param>
    /// <param name="names">What it is called.</param>
    /// <param name="unit">Its vector at unit norm; empty for none.</param>
    /// <param name="dimensions">The number of dimensions of the collection.</param>
    /// <param name="added">When it was first added.</param>
    public Record ToRecord(VectorEntry entry, EntryNames names, ReadOnlyMemory<float> unit, int dimensions, long added)
    {
        var content = ContentCodec.Write(entry, !unit.IsEmpty, added);
        var record = new Record(StringComparer.Ordinal)
        {
            [RecordFields.Key] = names.Key,
            [RecordFields.Partition] = names.Partition,
            [RecordFields.Searchable] = unit.IsEmpty ? 0L : 1L,
            [RecordFields.Expires] = FilterTime.Ceiling(entry.ExpiresAt),
            [RecordFields.Created] = FilterTime.Floor(entry.CreatedAt),
            [RecordFields.Slot] = names.Slot,
            [RecordFields.Content] = schema.TextContent ? Convert.ToBase64String(content) : content,
            [RecordFields.Vector] = unit.IsEmpty ? StandIn(dimensions) : unit,
        };
        if (schema.FilterLabels)
        {
            record[RecordFields.Labels] = entry.Labels.Select(EntryNames.OfLabel).ToList();
        }

        return record;
    }

    /// <summary>Reads a record, without its vector.</summary>
    /// <returns><see langword="null"/> for what this library has not written, or what has changed since.</returns>
    public static StoredRecord? TryRead(Record record) => ContentOf(record.GetValueOrDefault(RecordFields.Content)) is { } content ? ContentCodec.TryRead(content) : null;

    /// <summary>Gets the vector of a record, in whichever of its forms a connector hands it out.</summary>
    /// <returns>Empty where there is none.</returns>
    public static ReadOnlyMemory<float> VectorOf(Record record) => record.GetValueOrDefault(RecordFields.Vector) switch
    {
        ReadOnlyMemory<float> vector => vector,
        float[] vector => vector,
        Embedding<float> embedding => embedding.Vector,
        _ => default,
    };

    // A direction, since a vector without one empties the searches of some databases; the filter keeps it from being found.
    private static ReadOnlyMemory<float> StandIn(int dimensions)
    {
        var vector = new float[dimensions];
        vector[0] = 1;
        return vector;
    }

    private static ReadOnlyMemory<byte>? ContentOf(object? value) => value switch
    {
        byte[] bytes => bytes,
        ReadOnlyMemory<byte> bytes => bytes,
        string text when Base64.IsValid(text) => Convert.FromBase64String(text),
        _ => null,
    };
}
