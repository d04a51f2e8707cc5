using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.VectorData;

namespace RagCaching.VectorData.Tests.Memory;

/// <summary>A vector database in memory that does what it is told to do wrong.</summary>
internal sealed class MemoryVectorStore(Quirks? quirks = null) : VectorStore
{
    private int _undisposed;

    public Quirks Quirks { get; } = quirks ?? new Quirks();

    /// <summary>Gets the number of collection objects that were handed out and not disposed.</summary>
    public int Undisposed => Volatile.Read(ref _undisposed);

    public ConcurrentDictionary<string, ConcurrentDictionary<object, Record>> Collections { get; } = new(StringComparer.Ordinal);

    public override VectorStoreCollection<object, Record> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition)
    {
        if (Quirks.OnDefine is { } refusal)
        {
            throw refusal;
        }

        if (definition.Properties.FirstOrDefault(property => property.Type == Quirks.MissingType) is { } property && Quirks.MissingType is not null)
        {
            throw new NotSupportedException($"Property '{property.Name}' has unsupported type '{property.Type}'.");
        }

        Interlocked.Increment(ref _undisposed);
        return new MemoryCollection(name, this);
    }

    public override async IAsyncEnumerable<string> ListCollectionNamesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Quirks.ThrowIfDown();
        await Quirks.BeforeList();
        foreach (var name in Collections.Keys.Where(name => !Quirks.Unlisted.Contains(name)))
        {
            yield return name;
        }
    }

    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default) => Task.FromResult(Collections.ContainsKey(name));

    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default)
    {
        Collections.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    public void CollectionWasDisposed() => Interlocked.Decrement(ref _undisposed);

    public override object? GetService(Type serviceType, object? serviceKey = null) => null;

    [RequiresDynamicCode("As the base says.")]
    [RequiresUnreferencedCode("As the base says.")]
    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null) =>
        throw new NotSupportedException("Dynamic collections only.");
}
