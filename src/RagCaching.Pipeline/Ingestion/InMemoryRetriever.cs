using System.Globalization;
using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using RagCaching.Pipeline.Ingestion;

namespace RagCaching;

/// <summary>A retriever over documents in memory, for small corpora: every search compares the question with every chunk.</summary>
/// <remarks>
/// Documents are cut and embedded when they are added, through the embedding cache: adding the same text again costs no call. A search sees each document either
/// as it was before an addition or as it is after it. O(n·d) for n chunks of d dimensions. Thread-safe.
/// </remarks>
public sealed class InMemoryRetriever : IRetriever, IChunkLookup
{
    private readonly Lock _lock = new();
    private readonly ICachedEmbedder _embedder;
    private readonly Func<string, IReadOnlyList<string>> _cut;
    private readonly Dictionary<string, long> _turns = new(StringComparer.Ordinal);
    private long _lastTurn;
    private Dictionary<string, Document> _documents = new(StringComparer.Ordinal);

    /// <summary>Creates an empty retriever.</summary>
    /// <param name="name">The name under which it is reported; not empty.</param>
    /// <param name="embedder">Embeds chunks and, for questions that come without a vector, questions. Not disposed.</param>
    /// <param name="cut">Cuts documents into chunks; <see langword="null"/> for <see cref="TextChunker.Cut"/> with its defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="embedder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is <see langword="null"/> or empty.</exception>
    public InMemoryRetriever(string name, ICachedEmbedder embedder, Func<string, IReadOnlyList<string>>? cut = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(embedder);

        Name = name;
        _embedder = embedder;
        _cut = cut ?? (text => TextChunker.Cut(text));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Gets the ids of the documents.</summary>
    public IReadOnlyCollection<string> SourceIds => Volatile.Read(ref _documents).Keys;

    /// <summary>Adds a document, or replaces the one with the same id.</summary>
    /// <param name="sourceId">The id; not empty.</param>
    /// <param name="text">The text.</param>
    /// <param name="version">The version; <see langword="null"/> for a digest of the text.</param>
    /// <param name="metadata">What each chunk of the document carries; it is not copied.</param>
    /// <param name="cancellationToken">Cancels the call; the document is then as before.</param>
    /// <returns>How many chunks it was cut into.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="sourceId"/> is <see langword="null"/> or empty.</exception>
    /// <remarks>Of two calls for the same document at the same time, the one that began later wins.</remarks>
    /// <exception cref="InvalidOperationException">The delegate that cuts returned <see langword="null"/>, or the embedder did not return a vector for each chunk, or one without a direction (NaN, infinity
    /// or zero), or one with another number of dimensions than the other chunks have. The document is then as before.</exception>
    public async ValueTask<int> AddAsync(
        string sourceId, string text, string? version = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceId);
        ArgumentNullException.ThrowIfNull(text);

        var turn = Interlocked.Increment(ref _lastTurn);
        var texts = _cut(text) ?? throw new InvalidOperationException($"What cuts the documents of the retriever '{Name}' returned null.");
        var vectors = texts.Count == 0 ? [] : await _embedder.GenerateAsync(texts, options: null, cancellationToken).ConfigureAwait(false);
        if (vectors.Count != texts.Count)
        {
            throw new InvalidOperationException($"The embedder of the retriever '{Name}' returned {vectors.Count} vectors for {texts.Count} chunks.");
        }

        var document = new Document(version ?? DigestOf(text), new Row[texts.Count]);
        for (var i = 0; i < texts.Count; i++)
        {
            ChunkVectors.Check(vectors[i].Vector.Span, $"chunk '{sourceId}#{i}'", document.Dimensions, Name);
            document.Rows[i] = new Row($"{sourceId}#{i}", texts[i], metadata, vectors[i].Vector);
        }

        Change(sourceId, turn, document);
        return texts.Count;
    }

    /// <summary>Removes a document.</summary>
    /// <param name="sourceId">The id.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="ArgumentException"><paramref name="sourceId"/> is <see langword="null"/> or empty.</exception>
    public bool Remove(string sourceId)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceId);

        return Change(sourceId, Interlocked.Increment(ref _lastTurn), document: null);
    }

    /// <summary>Gets the version that a document has now; made for <see cref="RagPipelineOptions.CurrentSourceVersion"/>.</summary>
    /// <param name="sourceId">The id.</param>
    /// <returns><see langword="null"/> for a document that is not there.</returns>
    public string? VersionOf(string sourceId) => Volatile.Read(ref _documents).TryGetValue(sourceId, out var document) ? document.Version : null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">The vector of the question has no direction, or another number of dimensions than the chunks have.</exception>
    /// <remarks>The score is the cosine similarity of chunk and question.</remarks>
    public async ValueTask<IReadOnlyList<RetrievedChunk>> RetrieveAsync(RetrievalRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        var question = request.HasVector
            ? await request.GetVectorAsync(cancellationToken).ConfigureAwait(false)
            : await _embedder.GenerateVectorAsync(request.Question, options: null, cancellationToken).ConfigureAwait(false);

        var documents = Volatile.Read(ref _documents);
        ChunkVectors.Check(question.Span, "question", DimensionsOf(documents, except: null), Name);

        // The best so far, worst first, so that a chunk that is no better than any of them is dropped at once.
        var best = new PriorityQueue<(string SourceId, Document Document, Row Row, float Score), float>(request.Limit + 1);
        foreach (var (sourceId, document) in documents)
        {
            foreach (var row in document.Rows)
            {
                var score = TensorPrimitives.CosineSimilarity(row.Vector.Span, question.Span);
                if (best.Count < request.Limit)
                {
                    best.Enqueue((sourceId, document, row, score), score);
                }
                else if (score > best.Peek().Score)
                {
                    best.DequeueEnqueue((sourceId, document, row, score), score);
                }
            }
        }

        return
        [
            .. best.UnorderedItems.Select(item => item.Element)
                .OrderByDescending(match => match.Score).ThenBy(match => match.Row.Id, StringComparer.Ordinal)
                .Select(match => match.Row.ToChunk(match.SourceId, match.Document.Version, match.Score)),
        ];
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="ids"/> is <see langword="null"/>.</exception>
    /// <remarks>The documents are the same for every scope.</remarks>
    public ValueTask<IReadOnlyList<RetrievedChunk?>> GetChunksAsync(IReadOnlyList<string> ids, CacheScope? scope = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);

        var documents = Volatile.Read(ref _documents);
        return new ValueTask<IReadOnlyList<RetrievedChunk?>>([.. ids.Select(id => Find(documents, id))]);
    }

    private static RetrievedChunk? Find(Dictionary<string, Document> documents, string id)
    {
        // Ids of documents may contain the sign, numbers of chunks do not.
        var end = id.LastIndexOf('#');
        return end > 0
            && documents.TryGetValue(id[..end], out var document)
            && int.TryParse(id.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < document.Rows.Length
                ? document.Rows[number].ToChunk(id[..end], document.Version, score: null)
                : null;
    }

    private bool Change(string sourceId, long turn, Document? document)
    {
        lock (_lock)
        {
            if (_turns.GetValueOrDefault(sourceId) > turn)
            {
                return false;
            }

            if (document is { Rows: [var first, ..] })
            {
                ChunkVectors.Check(first.Vector.Span, $"chunk '{first.Id}'", DimensionsOf(_documents, except: sourceId), Name);
            }

            // Also kept for a document that was removed: an addition that began earlier may still be embedding.
            _turns[sourceId] = turn;
            // Readers keep the dictionary that they have: it is never changed again.
            var documents = new Dictionary<string, Document>(_documents, StringComparer.Ordinal);
            var wasThere = documents.Remove(sourceId);
            if (document is not null)
            {
                documents.Add(sourceId, document);
            }

            Volatile.Write(ref _documents, documents);
            return wasThere;
        }
    }

    private static int DimensionsOf(Dictionary<string, Document> documents, string? except) =>
        documents.FirstOrDefault(document => document.Key != except && document.Value.Dimensions > 0).Value?.Dimensions ?? 0;

    private static string DigestOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.Unicode.GetBytes(text)));

    private sealed record Document(string Version, Row[] Rows)
    {
        public int Dimensions => Rows is [{ } first, ..] ? first.Vector.Length : 0;
    }

    private sealed record Row(string Id, string Text, IReadOnlyDictionary<string, string>? Metadata, ReadOnlyMemory<float> Vector)
    {
        public RetrievedChunk ToChunk(string sourceId, string version, float? score) => new()
        {
            Id = Id,
            Text = Text,
            SourceId = sourceId,
            SourceVersion = version,
            Score = score,
            Metadata = Metadata ?? System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty,
        };
    }
}
