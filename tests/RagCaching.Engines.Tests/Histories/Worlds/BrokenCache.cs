using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>A cache that breaks promises, one at a time.</summary>
/// <param name="inner">A cache that keeps them.</param>
internal class BrokenCache(ISemanticCache inner) : ISemanticCache
{
    public virtual ValueTask<SemanticCacheResult> LookupAsync(SemanticCacheQuery query, CancellationToken cancellationToken = default) => inner.LookupAsync(query, cancellationToken);

    public virtual ValueTask<SemanticCacheResult> GetOrCreateAsync(
        SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory, CancellationToken cancellationToken = default) =>
        inner.GetOrCreateAsync(query, factory, cancellationToken);

    public ValueTask<SemanticCacheStreamingResult> GetOrStreamAsync(
        SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> factory, CancellationToken cancellationToken = default) =>
        inner.GetOrStreamAsync(query, factory, cancellationToken);

    public ValueTask<string?> StoreAsync(SemanticCacheQuery query, ChatResponse response, CancellationToken cancellationToken = default) => inner.StoreAsync(query, response, cancellationToken);

    protected static SemanticCacheResult Hit(SemanticCacheResult result, string text) => new()
    {
        Outcome = SemanticCacheOutcome.ExactHit,
        Response = new ChatResponse(new ChatMessage(ChatRole.Assistant, text)),
        EntryId = result.EntryId,
    };
}

/// <summary>Takes all scopes for one.</summary>
internal sealed class ScopeBlindCache(ISemanticCache inner) : BrokenCache(inner)
{
    public override ValueTask<SemanticCacheResult> GetOrCreateAsync(
        SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory, CancellationToken cancellationToken = default) =>
        base.GetOrCreateAsync(new SemanticCacheQuery(query.Question) { Scope = CacheScope.Shared, Partition = query.Partition, TimeToLive = query.TimeToLive, Tags = query.Tags }, factory, cancellationToken);
}

/// <summary>Serves what it was given once for ever, by scope, model and question.</summary>
internal sealed class ForgetfulCache(ISemanticCache inner) : BrokenCache(inner)
{
    private readonly ConcurrentDictionary<(CacheScope?, string?, string), SemanticCacheResult> _known = new();

    public override async ValueTask<SemanticCacheResult> LookupAsync(SemanticCacheQuery query, CancellationToken cancellationToken = default)
    {
        var result = await base.LookupAsync(query, cancellationToken);
        var key = (query.Scope, query.Partition, query.Question);
        if (result.IsHit)
        {
            _known[key] = result;
        }

        return _known.TryGetValue(key, out var known) ? Hit(known, known.Response!.Text) : result;
    }
}

/// <summary>Leaves a part of what it serves out.</summary>
internal sealed class CutOffCache(ISemanticCache inner) : BrokenCache(inner)
{
    public override async ValueTask<SemanticCacheResult> LookupAsync(SemanticCacheQuery query, CancellationToken cancellationToken = default)
    {
        var result = await base.LookupAsync(query, cancellationToken);
        return result.Response?.Text is { } text ? Hit(result, text[..^1]) : result;
    }
}

/// <summary>Fails where it should miss.</summary>
internal sealed class FailingCache(ISemanticCache inner) : BrokenCache(inner)
{
    public override ValueTask<SemanticCacheResult> LookupAsync(SemanticCacheQuery query, CancellationToken cancellationToken = default) => throw new IOException("The store is down.");
}

/// <summary>Asks the model for each caller.</summary>
internal sealed class EagerCache(ISemanticCache inner) : BrokenCache(inner)
{
    public override async ValueTask<SemanticCacheResult> GetOrCreateAsync(
        SemanticCacheQuery query, Func<SemanticCacheEntryContext, CancellationToken, Task<ChatResponse>> factory, CancellationToken cancellationToken = default) =>
        new() { Outcome = SemanticCacheOutcome.Miss, Response = await factory(new SemanticCacheEntryContext(""), cancellationToken) };
}

/// <summary>Leaves failures that nobody looks at, and timers that nobody stops.</summary>
internal sealed class UntidyCache(ISemanticCache inner, TimeProvider time) : BrokenCache(inner)
{
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);
    private static readonly ConcurrentQueue<ITimer> Forgotten = new();

    public override ValueTask<SemanticCacheResult> LookupAsync(SemanticCacheQuery query, CancellationToken cancellationToken = default)
    {
        _ = Task.FromException(new IOException("Nobody looks."));
        Forgotten.Enqueue(time.CreateTimer(static _ => { }, null, Never, Never));
        return base.LookupAsync(query, cancellationToken);
    }
}
