using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RagCaching.Semantic;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Protection;

/// <summary>No text of a user reaches a log, a metric, a span, an exception, a key or a label, whatever happens: hits, misses, streams, budgets, and failures whose messages quote the texts.</summary>
[Collection(nameof(NothingIsSaidTests))]
[CollectionDefinition(nameof(NothingIsSaidTests), DisableParallelization = true)]
public sealed class NothingIsSaidTests
{
    private const int Rounds = 40;

    private static readonly string[] Secrets = ["zebraquestion", "giraffeanswer", "lionscope", "tigeruser", "wolftag", "foxsource", "bearpartition", "otterversion"];

    // What the host itself brings sees texts and may quote them; stores, journals and storages see bytes and digests, and their exceptions are logged.
    private static readonly InvalidOperationException Quoting = new($"a backend that quotes: {string.Join(' ', Secrets)}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MixedLoad_WithFailuresThatQuote_SaysNothingOfTheTexts(bool hasBudget)
    {
        using var meters = new TestMeterFactory();
        using var said = new EverythingSaid(meters);
        var (protector, place, storage) = (new TestProtector(), new MemoryJournal.Place(), new ChaosDistributedCache());
        var time = TimeProvider.System;
        var services = new TestServices().Add<ILoggerFactory>(said).Add<IMeterFactory>(meters).Add<IPayloadProtector>(protector).Add(new RagCachingKeyOptions { KeySecret = "a secret of thirty-two characters" });
        var generator = new TestEmbeddingGenerator { Vector = text => TestEmbeddingGenerator.RandomVector(text.Replace("How can", "How do", StringComparison.Ordinal), 16) };
        var journal = new MemoryJournal(place, time);
        var fault = false;
        var names = new HashSet<string>();
        await using (var store = new JournaledVectorStore(journal, services: services))
        await using (var embedder = new CachedEmbedder(generator, storage, new CachedEmbedderOptions { LocalCapacity = 0 }, services))
        {
            await store.WhenLoadedAsync(Token);
            await Eventually.HoldsAsync(() => store.Status.IsServing, "The first contact");
            var parts = new SemanticCacheParts
            {
                Options = () => new SemanticCacheOptions { ErrorBudget = hasBudget ? new ErrorBudgetOptions() : null, MinimumSimilarity = 0.9f, Limits = { MaxNewAnswersPerScope = 30 } },
                Guards = () => [new TestGuard((_, _) => fault ? throw Quoting : true)],
                Verifiers = () => [new TestVerifier((_, _) => fault ? throw Quoting : ValueTask.FromResult(true))],
                Comparer = () => new TestComparer { Compare = (_, _, _) => fault ? throw Quoting : new(AnswerComparison.Same) },
            };
            await using var cache = new SemanticCache(embedder, store, parts, services);
            for (var round = 0; round < Rounds; round++)
            {
                fault = round % 3 == 1;
                generator.GenerateCallback = round % 4 == 1 ? (_, _, _) => throw Quoting : null;
                protector.ProtectFault = round % 5 == 2 ? Quoting : null;
                protector.UnprotectFault = round % 5 == 3 ? Quoting : null;
                journal.Before = round % 7 == 4 ? (operation, _) => operation == "wait" ? Task.CompletedTask : throw new TimeoutException("the journal is away") : null;
                storage.ReadFault = round % 6 == 5 ? FaultKind.FailsAtOnce : FaultKind.None;
                await LoadAsync(cache, round, said);
                names.UnionWith(NamesIn(place, storage));
                said.Observe();
            }

            journal.Before = null;
            (protector.ProtectFault, protector.UnprotectFault, fault, generator.GenerateCallback) = (null, null, false, null);
            await BadCallsAsync(cache, said);
            await cache.ForgetAsync("tigeruser", cancellationToken: Token);
            names.UnionWith(NamesIn(place, storage));
        }

        Assert.True(said is { Logs: > 50, Measurements: > 500, Spans: > 50 }, $"{said.Logs} logs, {said.Measurements} measurements, {said.Spans} spans");
        Assert.True(names.Count > 20, $"{names.Count} names");
        foreach (var name in names)
        {
            said.Say("name", name);
        }

        var leaks = said.Sayings.Where(saying => Secrets.Any(secret => saying.Contains(secret, StringComparison.OrdinalIgnoreCase))).Distinct().ToArray();
        Assert.True(leaks.Length == 0, string.Join('\n', leaks.Take(10)));
        Assert.All(place.Entries.Values, row => Assert.All(Secrets, secret => Assert.False(StoredBytesSearch.HasText(row.Entry.Payload.Span, secret) || StoredBytesSearch.HasText(row.Entry.Metadata.Span, secret))));
    }

    private static async Task LoadAsync(SemanticCache cache, int round, EverythingSaid said)
    {
        var query = Query($"How do I feed the zebraquestion number {round % 8}?");
        var results = new List<Task>
        {
            Quietly(cache.GetOrCreateAsync(query, CreateAsync, Token).AsTask()),
            Quietly(cache.GetOrCreateAsync(Query(query.Question.Replace("How do", "How can", StringComparison.Ordinal)), CreateAsync, Token).AsTask()),
            Quietly(cache.LookupAsync(query, Token).AsTask()),
            Quietly(cache.LookupAsync(new SemanticCacheQuery(query.Question) { Scope = query.Scope, Partition = query.Partition, Moderator = (_, _) => round % 3 == 2 ? throw Quoting : ValueTask.FromResult(true) }, Token).AsTask()),
            Quietly(StreamAsync(cache, Query($"stream the zebraquestion {round % 8}"), leavesEarly: round % 2 == 0)),
            Quietly(cache.GetOrCreateAsync(Query($"a zebraquestion that fails {round}"), (_, _) => Task.FromException<ChatResponse>(new InvalidOperationException("the model is away")), Token).AsTask()),
            Quietly(cache.GetOrCreateAsync(Query($"a zebraquestion cut off {round}"), (_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "giraffeanswer")) { FinishReason = ChatFinishReason.Length }), Token).AsTask()),
        };
        await Task.WhenAll(results);
        using var client = new TestChatClient { ResponseCallback = (_, _, _) => Task.FromResult(CacheFixture.Answer("giraffeanswer")) }.AsBuilder()
            .UseSemanticCache(cache, options => options.ShouldStore = _ => round % 4 == 3 ? throw Quoting : true).Build();
        await Quietly(client.GetResponseAsync(
            [new ChatMessage(ChatRole.System, "bearpartition"), new ChatMessage(ChatRole.User, $"zebraquestion {round % 4}")],
            new ChatOptions().WithSemanticCache(controls => (controls.Scope, controls.CreatedBy) = (CacheScope.For("lionscope"), "tigeruser")),
            Token));
        if ((await cache.LookupAsync(query, Token)).EntryId is { } id && round % 5 == 4)
        {
            await Quietly(cache.ReportAsync(id, "a zebraquestion", correct: false, query.Scope, Token).AsTask());
        }

        if (round % 10 == 9)
        {
            await Quietly(cache.RemoveWhereAsync(new EntryFilter { Scope = query.Scope, Tag = "wolftag" }, Token).AsTask());
        }

        async Task Quietly(Task task)
        {
            try
            {
                await task;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                said.Say(exception);
            }
        }
    }

    private static SemanticCacheQuery Query(string question) => new(question)
    {
        Scope = CacheScope.For("lionscope", "tenant"),
        Partition = "bearpartition",
        Tags = ["wolftag"],
        CreatedBy = "tigeruser",
        CurrentSourceVersion = (_, _) => ValueTask.FromResult<string?>("otterversion"),
    };

    private static Task<ChatResponse> CreateAsync(SemanticCacheEntryContext context, CancellationToken cancellationToken)
    {
        context.SourceVersions["foxsource"] = "otterversion";
        return Task.FromResult(CacheFixture.Answer("the giraffeanswer"));
    }

    private static async Task StreamAsync(SemanticCache cache, SemanticCacheQuery query, bool leavesEarly)
    {
        await foreach (var _ in await cache.GetOrStreamAsync(query, (_, token) => PiecesAsync(token), Token))
        {
            if (leavesEarly)
            {
                return;
            }
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> PiecesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, "a streamed ");
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        yield return new ChatResponseUpdate(ChatRole.Assistant, "giraffeanswer") { FinishReason = ChatFinishReason.Stop };
    }

    // Whoever calls wrongly gets a message that names the value's place, and not the value where it is a user's.
    private static async Task BadCallsAsync(SemanticCache cache, EverythingSaid said)
    {
        said.Say(await Assert.ThrowsAnyAsync<ArgumentException>(async () => await cache.LookupAsync(new SemanticCacheQuery("zebraquestion") { Scope = CacheScope.For("lionscope"), Tags = ["wolftag", ""] }, Token)));
        said.Say(await Assert.ThrowsAnyAsync<ArgumentException>(async () => await cache.LookupAsync(new SemanticCacheQuery("zebraquestion") { Scope = CacheScope.For("lionscope"), TimeToLive = TimeSpan.Zero }, Token)));
        said.Say(await Assert.ThrowsAnyAsync<ArgumentException>(async () => await cache.LookupAsync(new SemanticCacheQuery("zebraquestion") { Scope = CacheScope.For("lionscope"), CreatedBy = "" }, Token)));
        said.Say(await Assert.ThrowsAsync<InvalidOperationException>(async () => await cache.LookupAsync("zebraquestion", Token)));
        said.Say(await Assert.ThrowsAnyAsync<ArgumentException>(async () => await cache.RemoveWhereAsync(new EntryFilter { Tag = "wolftag" }, Token)));
        said.Say(Assert.ThrowsAny<ArgumentException>(() => CacheScope.For("lionscope", "")));
        said.Say("scope", CacheScope.For("lionscope"));
    }

    private static IEnumerable<string> NamesIn(MemoryJournal.Place place, ChaosDistributedCache storage)
    {
        lock (place)
        {
            return
            [
                .. place.Entries.Values.SelectMany(row => (string[])[row.Entry.Partition, row.Entry.Id, row.Entry.Owner ?? "", row.Entry.EmbeddingModel ?? "", .. row.Entry.Labels]),
                .. place.Removals.SelectMany(row => (string[])[row.Change.Partition, row.Change.Id, .. row.Change.Filter?.Labels ?? []]),
                .. place.Leases.Keys,
                .. storage.Entries.Keys,
            ];
        }
    }
}
