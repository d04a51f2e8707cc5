namespace RagCaching.Testing.Tests.Conformance;

/// <summary>Stores with one mistake each, such as real ones have.</summary>
internal static class BrokenStores
{
    public sealed class LeaksPartitions(IVectorStore inner) : StoreDecorator(inner)
    {
        public override async ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default) =>
            await base.SearchAsync(query, cancellationToken) is { Count: > 0 } own ? own : await base.SearchAsync(Changed(query, partition: "other-partition"), cancellationToken);
    }

    public sealed class OrdersWorstFirst(IVectorStore inner) : StoreDecorator(inner)
    {
        public override async ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default) =>
            [.. (await base.SearchAsync(query, cancellationToken)).Reverse()];
    }

    public sealed class IgnoresLimit(IVectorStore inner) : StoreDecorator(inner)
    {
        public override ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default) =>
            base.SearchAsync(Changed(query, limit: query.Limit < 1 ? query.Limit : 1_000), cancellationToken);
    }

    public sealed class AcceptsNaN(IVectorStore inner) : StoreDecorator(inner)
    {
        public override ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default) =>
            base.UpsertAsync(entry is null || !entry.Vector.Span.ContainsAnyExceptInRange(float.MinValue, float.MaxValue) ? entry! : Changed(entry, vector: new float[] { 1, 0 }), cancellationToken);
    }

    public sealed class RemovesLater(IVectorStore inner) : StoreDecorator(inner)
    {
        public override async ValueTask<bool> RemoveAsync(string partition, string id, CancellationToken cancellationToken = default) =>
            await GetAsync(partition, id, cancellationToken) is not null;
    }

    public sealed class LosesMetadata(IVectorStore inner) : StoreDecorator(inner)
    {
        public override ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default) =>
            base.UpsertAsync(entry is null ? entry! : Changed(entry, metadata: default(ReadOnlyMemory<byte>)), cancellationToken);
    }

    public sealed class ReplacesByRemoving(IVectorStore inner) : StoreDecorator(inner)
    {
        public override async ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default)
        {
            await RemoveAsync(entry.Partition, entry.Id, cancellationToken);
            await base.UpsertAsync(entry, cancellationToken);
        }
    }

    public sealed class LosesAWriteNowAndThen(IVectorStore inner) : StoreDecorator(inner)
    {
        public override ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default) => entry?.Id == "3/49" ? default : base.UpsertAsync(entry!, cancellationToken);
    }

    public sealed class TearsEntries(IVectorStore inner) : StoreDecorator(inner)
    {
        public override async ValueTask<VectorEntry?> GetAsync(string partition, string id, CancellationToken cancellationToken = default) =>
            await base.GetAsync(partition, id, cancellationToken) is { } entry ? (id == "shared" ? Changed(entry, metadata: "0/0 of before"u8.ToArray()) : entry) : null;
    }

    public sealed class ExcludesTheMinimum(IVectorStore inner) : StoreDecorator(inner)
    {
        public override ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default) =>
            base.SearchAsync(query.MinimumSimilarity > -1 && query.MinimumSimilarity < 1 ? Changed(query, minimum: MathF.BitIncrement(query.MinimumSimilarity)) : query, cancellationToken);
    }

    public sealed class ForgetsLabelsOfFilters(IVectorStore inner) : StoreDecorator(inner)
    {
        public override ValueTask<long> RemoveWhereAsync(VectorFilter filter, CancellationToken cancellationToken = default) =>
            base.RemoveWhereAsync(new VectorFilter { Partition = filter.Partition, CreatedBefore = filter.CreatedBefore }, cancellationToken);
    }

    public sealed class SearchesApproximately(IVectorStore inner) : StoreDecorator(inner)
    {
        // A graph that is left too early: of many matches one is missing.
        public override async ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default) =>
            await base.SearchAsync(query, cancellationToken) is { Count: > 20 } matches ? [.. matches.Where((_, index) => index != 17)] : await base.SearchAsync(query, cancellationToken);
    }

    public sealed class IgnoresCancellation(IVectorStore inner) : StoreDecorator(inner)
    {
        public override ValueTask<VectorEntry?> GetAsync(string partition, string id, CancellationToken cancellationToken = default) => base.GetAsync(partition, id, CancellationToken.None);
    }

    public sealed class ReturnsDistances(IVectorStore inner) : StoreDecorator(inner)
    {
        public override async ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default) =>
            [.. (await base.SearchAsync(query, cancellationToken)).Select(match => match with { Similarity = 1 - match.Similarity })];
    }

    public sealed class KeepsTheNorm(IVectorStore inner) : StoreDecorator(inner)
    {
        public override async ValueTask<VectorEntry?> GetAsync(string partition, string id, CancellationToken cancellationToken = default) =>
            await base.GetAsync(partition, id, cancellationToken) is { } entry ? Changed(entry, vector: entry.Vector.ToArray().Select(component => component * 5).ToArray()) : null;
    }

    public sealed class LosesItsServer(IVectorStore inner) : StoreDecorator(inner)
    {
        // Fails with an exception that no check expects.
        public override ValueTask<long> CountAsync(VectorFilter filter, CancellationToken cancellationToken = default) => throw new IOException("The server has gone.");
    }

    public sealed class ListsEverything(IVectorStore inner) : StoreDecorator(inner)
    {
        public override IAsyncEnumerable<VectorEntry> ReadAllAsync(VectorFilter filter, CancellationToken cancellationToken = default) => base.ReadAllAsync(new VectorFilter(), cancellationToken);
    }

    public sealed class IgnoresCancellationOfContents(IVectorStore inner) : StoreDecorator(inner)
    {
        public override ValueTask<VectorEntry?> GetContentAsync(string partition, string id, CancellationToken cancellationToken = default) => base.GetContentAsync(partition, id, CancellationToken.None);
    }

    public sealed class TurnsTiesRound(IVectorStore inner) : StoreDecorator(inner)
    {
        public override async ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default) =>
            [.. (await base.SearchAsync(query, cancellationToken)).Reverse().OrderByDescending(match => match.Similarity)];
    }

    public sealed class RoundsInItsOwnOrder(IVectorStore inner) : StoreDecorator(inner)
    {
        // No mistake: what sums products in another order for each vector rounds vectors with the same exact cosine apart.
        public override async ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default)
        {
            var matches = await base.SearchAsync(new VectorQuery { Partition = query.Partition, Vector = query.Vector, Limit = query.Limit, IncludeVector = true }, cancellationToken);
            return [.. matches.Select(match => match with { Similarity = match.Similarity + (RoundingOf(match.Entry.Vector.Span) * 1e-7f) }).OrderByDescending(match => match.Similarity)];
        }

        private static float RoundingOf(ReadOnlySpan<float> vector) => MathF.Sign(vector[0]) + (3 * MathF.Sign(vector[1])) + (9 * MathF.Sign(vector[2]));
    }

    public sealed class CountsRunningWrites(IVectorStore inner) : StoreDecorator(inner)
    {
        private int _written;

        public int Written => Volatile.Read(ref _written);

        public override async ValueTask UpsertAsync(VectorEntry entry, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            await base.UpsertAsync(entry, cancellationToken);
            Interlocked.Increment(ref _written);
        }

        // Fails the check at its first look.
        public override ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken = default) => throw new IOException("The server has gone.");
    }
}
