namespace RagCaching.Journals;

/// <summary>Copies entries, which do not change, with another answer.</summary>
internal static class EntryCopy
{
    public static VectorEntry WithPayload(this VectorEntry entry, ReadOnlyMemory<byte> payload) => new()
    {
        Partition = entry.Partition,
        Id = entry.Id,
        Vector = entry.Vector,
        EmbeddingModel = entry.EmbeddingModel,
        Metadata = entry.Metadata,
        Payload = payload,
        Labels = entry.Labels,
        Owner = entry.Owner,
        CreatedAt = entry.CreatedAt,
        ExpiresAt = entry.ExpiresAt,
    };
}
