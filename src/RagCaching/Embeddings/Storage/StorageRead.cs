namespace RagCaching.Embeddings.Storage;

/// <summary>A read that was sent to the storage, without a task around the storage's own. Its result is to be taken once.</summary>
internal readonly struct StorageRead
{
    public StorageRead(Task<byte[]?> array)
    {
        Array = new ValueTask<byte[]?>(array);
        IsArray = true;
    }

    public StorageRead(ValueTask<StoredBytes> buffered) => Buffered = buffered;

    /// <summary>Gets a value indicating whether <see cref="Array"/> has the result, and not <see cref="Buffered"/>.</summary>
    public bool IsArray { get; }

    public ValueTask<byte[]?> Array { get; }

    public ValueTask<StoredBytes> Buffered { get; }

    /// <summary>Takes what the storage returned, if it has returned already.</summary>
    public bool TryGet(out StoredBytes bytes)
    {
        var hasReturned = IsArray ? Array.IsCompletedSuccessfully : Buffered.IsCompletedSuccessfully;
        bytes = !hasReturned ? default : IsArray ? new StoredBytes(Array.Result) : Buffered.Result;
        return hasReturned;
    }
}
