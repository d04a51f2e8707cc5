namespace RagCaching.Tests.TestDoubles;

/// <summary>A store whose one operation, counted from 1 over all kinds, goes wrong in one way.</summary>
internal sealed class FaultyVectorStore(IVectorStore inner, FaultKind fault, int failingOperation) : IVectorStore
{
    private int _operations;

    public FaultKind Fault => fault;

    public int Operations => Volatile.Read(ref _operations);

    /// <summary>Completes when an operation hangs.</summary>
    public TaskCompletionSource Hangs { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default) =>
        new(RunAsync(
            async () =>
            {
                await inner.UpsertAsync(entry, cancellationToken);
                return true;
            },
            cancellationToken));

    public ValueTask<VectorEntry?> GetAsync(string partition, string id, CancellationToken cancellationToken = default) =>
        new(RunAsync(() => inner.GetAsync(partition, id, cancellationToken).AsTask(), cancellationToken));

    public ValueTask<bool> SetMetadataAsync(string partition, string id, ReadOnlyMemory<byte> metadata, CancellationToken cancellationToken = default) =>
        new(RunAsync(() => inner.SetMetadataAsync(partition, id, metadata, cancellationToken).AsTask(), cancellationToken));

    public ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default) =>
        new(RunAsync(() => inner.SearchAsync(query, cancellationToken).AsTask(), cancellationToken));

    public ValueTask<bool> RemoveAsync(string partition, string id, CancellationToken cancellationToken = default) =>
        new(RunAsync(() => inner.RemoveAsync(partition, id, cancellationToken).AsTask(), cancellationToken));

    public ValueTask<long> RemoveWhereAsync(VectorFilter filter, CancellationToken cancellationToken = default) =>
        new(RunAsync(() => inner.RemoveWhereAsync(filter, cancellationToken).AsTask(), cancellationToken));

    public ValueTask<long> CountAsync(VectorFilter filter, CancellationToken cancellationToken = default) =>
        new(RunAsync(() => inner.CountAsync(filter, cancellationToken).AsTask(), cancellationToken));

    // Not asynchronous itself: one of the faults is to throw before there is a task.
    private Task<TResult> RunAsync<TResult>(Func<Task<TResult>> operation, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _operations) != failingOperation)
        {
            return operation();
        }

        switch (fault)
        {
            case FaultKind.ThrowsAtOnce:
                throw new IOException("The store is down.");
            case FaultKind.FailsAtOnce:
                return Task.FromException<TResult>(new IOException("The store is down."));
            case FaultKind.FailsLater:
                return FailLaterAsync<TResult>();
            default:
                Hangs.TrySetResult();
                return new TaskCompletionSource<TResult>().Task.WaitAsync(fault == FaultKind.IgnoresItsToken ? CancellationToken.None : cancellationToken);
        }
    }

    private static async Task<TResult> FailLaterAsync<TResult>()
    {
        await Task.Yield();
        throw new IOException("The store went down.");
    }
}
