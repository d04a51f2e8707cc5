namespace RagCaching.Pipeline.Caching;

/// <summary>Keeps what was retrieved, in memory, each scope for itself.</summary>
/// <remarks>What was retrieved before a source was removed is not kept after it: see <see cref="Turn"/>. Thread-safe.</remarks>
internal sealed class RankingStore : IDisposable
{
    // Guards refuse some: the next nearest may do.
    private const int MostCandidates = 4;

    private readonly Lock _lock = new();
    private readonly RetrievalCacheOptions _options;
    private readonly TimeProvider _time;
    private readonly StoreServices _services;
    private readonly InMemoryVectorStore _store;
    private long _turn;

    public RankingStore(RetrievalCacheOptions options, string pipeline, TimeProvider time)
    {
        _options = options;
        _time = time;
        _services = new StoreServices(time, Diagnostics.PipelineNames.Meters.Retrieval, pipeline);

        // The store counts the labels and digests of an entry, too.
        _store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = options.MaxEntries, MaxBytes = options.MaxBytes }, _services);
    }

    /// <summary>Gets how often sources were removed: what was begun in an earlier turn must neither be kept nor be shared in a later one.</summary>
    public long Turn => Interlocked.Read(ref _turn);

    public async Task<VectorEntry?> GetAsync(RankingPlace place, CancellationToken cancellationToken) =>
        await _store.GetContentAsync(place.Partition, place.Id, cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<VectorMatch>> SearchAsync(RankingPlace place, ReadOnlyMemory<float> vector, float minimumSimilarity, CancellationToken cancellationToken) =>
        await _store.SearchAsync(
            new VectorQuery { Partition = place.Partition, Vector = vector, MinimumSimilarity = minimumSimilarity, Limit = MostCandidates, IncludePayload = true }, cancellationToken).ConfigureAwait(false);

    /// <summary>Keeps what was retrieved.</summary>
    /// <param name="place">Where.</param>
    /// <param name="ranking">What was retrieved, with at least one chunk.</param>
    /// <param name="content">Its chunks as bytes.</param>
    /// <param name="vector">The vector of the question; empty where it is to be found by the very same question only.</param>
    /// <param name="turn">The <see cref="Turn"/> in which it was begun.</param>
    public ValueTask KeepAsync(RankingPlace place, Ranking ranking, ReadOnlyMemory<byte> content, ReadOnlyMemory<float> vector, long turn)
    {
        var now = _time.GetUtcNow();
        return WriteAsync(
            new VectorEntry
            {
                Partition = place.Partition,
                Id = place.Id,
                Owner = place.Partition,
                Vector = vector,
                Metadata = new KeptQuestion(ranking.Question, KeptQuestion.Same).ToBytes(),
                Payload = content,
                Labels = [.. ranking.Chunks.Select(chunk => chunk.Chunk.SourceId).Distinct(StringComparer.Ordinal).Select(LabelOf)],
                CreatedAt = now,
                ExpiresAt = now + _options.TimeToLive,
            },
            turn);
    }

    /// <summary>Keeps a match for the question that it matched, which then needs no vector: as long as the match itself, and without a vector, so that no third question is compared with the second.</summary>
    public ValueTask KeepAlsoAsync(RankingPlace place, VectorMatch match, long turn) => WriteAsync(
        new VectorEntry
        {
            Partition = place.Partition,
            Id = place.Id,
            Owner = place.Partition,
            Metadata = new KeptQuestion(KeptQuestion.Read(match.Entry).Question, match.Similarity).ToBytes(),
            Payload = match.Entry.Payload,
            Labels = match.Entry.Labels,
            CreatedAt = match.Entry.CreatedAt,
            ExpiresAt = match.Entry.ExpiresAt,
        },
        turn);

    public async Task RemoveAsync(VectorEntry entry, CancellationToken cancellationToken) =>
        await _store.RemoveAsync(entry.Partition, entry.Id, cancellationToken).ConfigureAwait(false);

    /// <summary>Removes what contains chunks of a source, of one partition or of all.</summary>
    public async ValueTask RemoveSourceAsync(string sourceId, string? partition, CancellationToken cancellationToken)
    {
        try
        {
            await RemoveWhereAsync(new VectorFilter { Partition = partition, Labels = [LabelOf(sourceId)] }, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // Then nothing is kept any more.
        }
    }

    public void Dispose()
    {
        _store.Dispose();
        _services.Dispose();
    }

    // The store has removed before it returns: who begins in the new turn finds nothing of the old one.
    private ValueTask<long> RemoveWhereAsync(VectorFilter filter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            try
            {
                return _store.RemoveWhereAsync(filter, cancellationToken);
            }
            finally
            {
                _turn++;
            }
        }
    }

    private ValueTask WriteAsync(VectorEntry entry, long turn)
    {
        // The store writes before it returns, so a removal comes either before the look at the turn or after the writing.
        lock (_lock)
        {
            return _turn == turn ? _store.UpsertAsync(entry) : ValueTask.CompletedTask;
        }
    }

    private static string LabelOf(string sourceId) => TextDigest.Of("source", sourceId);
}
