using System.Diagnostics;
using Microsoft.Extensions.AI;
using RagCaching.Embeddings.Codecs;
using RagCaching.Embeddings.Keys;
using RagCaching.Internal.Digests;
using RagCaching.Semantic;

namespace RagCaching.WarmUp;

/// <summary>A cache of its own with made-up questions, which goes the ways of real ones: the runtime has compiled them when the first caller comes.</summary>
/// <remarks>
/// It calls no service of the host, has a store of its own, and its metrics and activities have a name that nobody listens to. Not thread-safe.
/// </remarks>
internal sealed class Rehearsal : IDisposable
{
    /// <summary>The name of its meter and its activities.</summary>
    public const string Name = "RagCaching.Rehearsal";

    private const string Question = "How do I reset my password?";
    private const string Reworded = "How can I reset my password?";

    // Pairs that no early rule of the guard refuses take longest; the others end at different rules.
    private static readonly (string Question, string Candidate)[] Pairs =
    [
        ("How do I reset the password of my account?", "How can I reset my account's password?"),
        ("Which documents does a visitor from Canada need to stay in France for 20 days?", "What papers does a visitor from Canada need for a stay of 20 days in France?"),
        ("Is it safe to travel from Berlin to Paris with a dog?", "Is travelling from Paris to Berlin with a dog safe?"),
        ("What is the fee for 3 payments of 20 euros?", "What is the fee for two payments of $20?"),
        ("Why can I not open the file \"report.pdf\" in version 2.1?", "Why can I open the file report.pdf in version 2.10?"),
        ("¿Cómo puedo activar mi cuenta en línea?", "¿Cómo puedo desactivar mi cuenta en línea?"),
        ("如何重置我的密码？", "怎么重置密码？"),
    ];

    private static readonly ActivitySource Activities = new(Name);

    private readonly RehearsalServices _services;
    private readonly LexicalGuard _guard = new();
    private readonly CachedEmbedder _embedder;
    private readonly InMemoryVectorStore _store;
    private readonly SemanticCache _cache;
    private readonly SemanticCachingChatClient _chat;
    private readonly CachedVector _vector;
    private readonly EmbeddingVariant _variant;
    private int _runs;

    /// <summary>Makes the cache.</summary>
    /// <param name="name">The name of its meter.</param>
    public Rehearsal(string name = Name)
    {
        _services = new RehearsalServices(name);
        var generator = new RehearsalGenerator();
        _embedder = new CachedEmbedder(generator, services: _services);
        _store = new InMemoryVectorStore(services: _services);
        var options = new SemanticCacheOptions { ShareAcrossCallers = true };
        _cache = new SemanticCache(_embedder, _store, new SemanticCacheParts { Options = () => options, Guards = () => [_guard], Activities = Activities }, _services);
        _chat = new SemanticCachingChatClient(new RehearsalChatClient(), _cache, services: _services);
        var now = TimeProvider.System.GetUtcNow();
        _vector = new CachedVector(generator.Vector, now, now.AddDays(1), long.MaxValue);
        _variant = new EmbeddingIdentity(RehearsalGenerator.Metadata, configuredModelId: null, secret: []).Default;
    }

    /// <summary>Asks each question once: a miss, an exact repeat, other words.</summary>
    /// <exception cref="OperationCanceledException">The host stops.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Unlike the questions, this text is not cached yet.
        await _embedder.GenerateVectorAsync($"Question {_runs++}", cancellationToken: cancellationToken).ConfigureAwait(false);
        await AskCacheAsync(cancellationToken).ConfigureAwait(false);
        await AskChatAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (question, candidate) in Pairs)
        {
            _guard.Allows(question, candidate);
        }

        foreach (var precision in (ReadOnlySpan<EmbeddingPrecision>)[EmbeddingPrecision.Full, EmbeddingPrecision.Half, EmbeddingPrecision.Quantized])
        {
            RoundTrip(precision);
        }
    }

    public void Dispose()
    {
        _chat.Dispose();
        _cache.Dispose();
        _store.Dispose();
        _embedder.Dispose();
        _services.Dispose();
    }

    private async Task AskCacheAsync(CancellationToken cancellationToken)
    {
        var stored = await _cache.GetOrCreateAsync(Question, static (_, _) => Task.FromResult(RehearsalChatClient.NewAnswer()), cancellationToken).ConfigureAwait(false);
        foreach (var question in (string[])[Question, Reworded])
        {
            await _cache.GetOrCreateAsync(question, static (_, _) => Task.FromResult(RehearsalChatClient.NewAnswer()), cancellationToken).ConfigureAwait(false);
        }

        await RemoveAsync(stored.EntryId, cancellationToken).ConfigureAwait(false);
    }

    private async Task AskChatAsync(CancellationToken cancellationToken)
    {
        var stored = await _chat.GetResponseAsync(Question, cancellationToken: cancellationToken).ConfigureAwait(false);
        await _chat.GetResponseAsync(Reworded, cancellationToken: cancellationToken).ConfigureAwait(false);
        await foreach (var update in _chat.GetStreamingResponseAsync(Question, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            _ = update.GetSemanticCacheResult();
        }

        await RemoveAsync(stored.GetSemanticCacheResult()?.EntryId, cancellationToken).ConfigureAwait(false);
    }

    // The next run finds nothing again, neither the answer nor what was remembered of the other words.
    private async Task RemoveAsync(string? entryId, CancellationToken cancellationToken)
    {
        if (entryId is not null)
        {
            await _cache.RemoveAsync(entryId, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    private void RoundTrip(EmbeddingPrecision wanted)
    {
        var precision = VectorCodec.PrecisionFor(_vector.Vector.Span, wanted);
        var bytes = new byte[EmbeddingEnvelope.SizeFor(precision, _vector.Vector.Length)];
        EmbeddingEnvelope.Write(bytes, precision, _vector, _variant, default(Digest));
        EmbeddingEnvelope.TryRead(bytes, precision, _variant, default(Digest), out _, out _);
    }
}
