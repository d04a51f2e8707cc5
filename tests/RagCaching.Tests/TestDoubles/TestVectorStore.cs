namespace RagCaching.Tests.TestDoubles;

/// <summary>A store whose operations a test can watch, replace or break; otherwise the inner one's.</summary>
internal sealed class TestVectorStore(IVectorStore inner) : IVectorStore
{
    /// <summary>Called before every operation, with its name; may throw or wait.</summary>
    public Func<string, CancellationToken, Task>? Before { get; set; }

    /// <summary>Replaces an entry on its way out of <see cref="GetAsync"/>.</summary>
    public Func<VectorEntry, VectorEntry?> OnGet { get; set; } = entry => entry;

    /// <summary>Replaces a match on its way out of <see cref="SearchAsync"/>.</summary>
    public Func<VectorMatch, VectorMatch> OnMatch { get; set; } = match => match;

    /// <summary>Returns matches in the opposite order.</summary>
    public bool ReordersMatches { get; set; }

    /// <summary>Called when a search has been made, before its result is returned.</summary>
    public Func<Task>? AfterSearch { get; set; }

    /// <summary>Called when an entry has been written, before its caller knows; may throw or wait.</summary>
    public Func<Task>? AfterUpsert { get; set; }

    /// <summary>Everything that was written.</summary>
    public List<VectorEntry> Written { get; } = [];

    public List<string> Operations { get; } = [];

    public async ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default)
    {
        await EnterAsync(nameof(UpsertAsync), cancellationToken);
        lock (Written)
        {
            Written.Add(entry);
        }

        await inner.UpsertAsync(entry, cancellationToken);
        await (AfterUpsert?.Invoke() ?? Task.CompletedTask);
    }

    public async ValueTask<VectorEntry?> GetAsync(string partition, string id, CancellationToken cancellationToken = default)
    {
        await EnterAsync(nameof(GetAsync), cancellationToken);
        return await inner.GetAsync(partition, id, cancellationToken) is { } entry ? OnGet(entry) : null;
    }

    public async ValueTask<bool> SetMetadataAsync(string partition, string id, ReadOnlyMemory<byte> metadata, CancellationToken cancellationToken = default)
    {
        await EnterAsync(nameof(SetMetadataAsync), cancellationToken);
        return await inner.SetMetadataAsync(partition, id, metadata, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default)
    {
        await EnterAsync(nameof(SearchAsync), cancellationToken);
        var matches = await inner.SearchAsync(query, cancellationToken);
        await (AfterSearch?.Invoke() ?? Task.CompletedTask);
        return [.. (ReordersMatches ? matches.Reverse() : matches).Select(OnMatch)];
    }

    public async ValueTask<bool> RemoveAsync(string partition, string id, CancellationToken cancellationToken = default)
    {
        await EnterAsync(nameof(RemoveAsync), cancellationToken);
        return await inner.RemoveAsync(partition, id, cancellationToken);
    }

    public async ValueTask<long> RemoveWhereAsync(VectorFilter filter, CancellationToken cancellationToken = default)
    {
        await EnterAsync(nameof(RemoveWhereAsync), cancellationToken);
        return await inner.RemoveWhereAsync(filter, cancellationToken);
    }

    public IAsyncEnumerable<VectorEntry> ReadAllAsync(VectorFilter filter, CancellationToken cancellationToken = default) => inner.ReadAllAsync(filter, cancellationToken);

    public async ValueTask<long> CountAsync(VectorFilter filter, CancellationToken cancellationToken = default)
    {
        await EnterAsync(nameof(CountAsync), cancellationToken);
        return await inner.CountAsync(filter, cancellationToken);
    }

    public int CountOf(string operation)
    {
        lock (Operations)
        {
            return Operations.Count(name => name == operation);
        }
    }

    private Task EnterAsync(string operation, CancellationToken cancellationToken)
    {
        lock (Operations)
        {
            Operations.Add(operation);
        }

        return Before?.Invoke(operation, cancellationToken) ?? Task.CompletedTask;
    }
}
