using System.Buffers.Binary;
using RagCaching.Pipeline.Caching;
using RagCaching.Pipeline.Retrieval;

namespace RagCaching.Pipeline.Reranking;

// The content of an entry: of each chunk, best first, its place among those that were scored and its score, a little-endian Int32 and Double.

/// <summary>Keeps scores in memory, found by the question and the ids, versions and texts of the chunks. Thread-safe.</summary>
internal sealed class ScoreStore : IDisposable
{
    private const int ScoreSize = sizeof(int) + sizeof(double);

    private readonly RerankingOptions _options;
    private readonly TimeProvider _time;
    private readonly StoreServices _services;
    private readonly InMemoryVectorStore _store;

    public ScoreStore(RerankingOptions options, string pipeline, TimeProvider time)
    {
        _options = options;
        _time = time;
        _services = new StoreServices(time, Diagnostics.PipelineNames.Meters.Reranking, pipeline);
        _store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = options.MaxEntries }, _services);
    }

    /// <summary>Makes the key of a question over chunks: whatever a reranker sees is in it.</summary>
    public static string KeyOf(string question, IReadOnlyList<RankedChunk> chunks) =>
        TextDigest.Of([question, .. chunks.SelectMany(ranked => new[] { ranked.Chunk.Id, ranked.Chunk.SourceId, ranked.Chunk.SourceVersion, ranked.Chunk.Text })]);

    public async Task<IReadOnlyList<ChunkScore>?> FindAsync(RankingPlace place, CancellationToken cancellationToken) =>
        await _store.GetContentAsync(place.Partition, place.Id, cancellationToken).ConfigureAwait(false) is { } entry ? Read(entry.Payload.Span) : null;

    public async Task KeepAsync(RankingPlace place, IReadOnlyList<ChunkScore> scores, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        await _store.UpsertAsync(
            new VectorEntry { Partition = place.Partition, Id = place.Id, Owner = place.Partition, Payload = Write(scores), CreatedAt = now, ExpiresAt = now + _options.TimeToLive },
            cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _store.Dispose();
        _services.Dispose();
    }

    private static byte[] Write(IReadOnlyList<ChunkScore> scores)
    {
        var bytes = new byte[scores.Count * ScoreSize];
        for (var i = 0; i < scores.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * ScoreSize), scores[i].Place);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan((i * ScoreSize) + sizeof(int)), scores[i].Score);
        }

        return bytes;
    }

    private static ChunkScore[] Read(ReadOnlySpan<byte> bytes)
    {
        var scores = new ChunkScore[bytes.Length / ScoreSize];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = new ChunkScore(BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * ScoreSize)..]), BinaryPrimitives.ReadDoubleLittleEndian(bytes[((i * ScoreSize) + sizeof(int))..]));
        }

        return scores;
    }
}
