using System.Runtime.CompilerServices;

namespace RagCaching.Testing.Tests.Conformance;

/// <summary>Stores that list their entries with one mistake each.</summary>
internal static class BrokenLists
{
    public sealed class ListsTheExpired(IVectorStore inner) : StoreDecorator(inner)
    {
        private readonly List<VectorEntry> _written = [];

        public override ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default)
        {
            _written.Add(entry);
            return base.UpsertAsync(entry, cancellationToken);
        }

        public override IAsyncEnumerable<VectorEntry> ReadAllAsync(VectorFilter filter, CancellationToken cancellationToken = default) => _written.ToAsyncEnumerable();
    }

    public sealed class IgnoresCancellation(IVectorStore inner) : StoreDecorator(inner)
    {
        public override IAsyncEnumerable<VectorEntry> ReadAllAsync(VectorFilter filter, CancellationToken cancellationToken = default) => base.ReadAllAsync(filter, CancellationToken.None);
    }

    public sealed class GivesUp(IVectorStore inner) : StoreDecorator(inner)
    {
        public override async IAsyncEnumerable<VectorEntry> ReadAllAsync(VectorFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var entry in base.ReadAllAsync(filter, cancellationToken))
            {
                yield return entry;
                throw new NotSupportedException("No more of them.");
            }
        }
    }

    public sealed class LacksSomething(IVectorStore inner) : StoreDecorator(inner)
    {
        // As a database says that cannot filter by labels; one that lists by other filters.
        public override IAsyncEnumerable<VectorEntry> ReadAllAsync(VectorFilter filter, CancellationToken cancellationToken = default) =>
            filter.Labels.Count == 0 ? base.ReadAllAsync(filter, cancellationToken) : throw new LackException();
    }

    public sealed class CannotList(IVectorStore inner) : StoreDecorator(inner)
    {
        public override IAsyncEnumerable<VectorEntry> ReadAllAsync(VectorFilter filter, CancellationToken cancellationToken = default) => throw new NotSupportedException("It cannot list its entries.");
    }

    public sealed class TearsEntries(IVectorStore inner) : StoreDecorator(inner)
    {
        public override async IAsyncEnumerable<VectorEntry> ReadAllAsync(VectorFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var entry in base.ReadAllAsync(filter, cancellationToken))
            {
                yield return entry.Id == "shared" ? Changed(entry, metadata: "0/0 of before"u8.ToArray()) : entry;
            }
        }
    }

    private sealed class LackException : NotSupportedException;
}
