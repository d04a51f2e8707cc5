using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Protection;

/// <summary>Whatever names something in a shared store is keyed: who has the store and not the secret can neither test a guess nor find the same name elsewhere.</summary>
public sealed class KeyedNamesTests
{
    private const string Question = "How do I reset my password?";
    private static readonly string[] Secrets = ["the secret of the first host, 32 characters", "the secret of another host, 32 characters"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_OfTwoSecretsAndOfNone_HaveNothingInCommon()
    {
        var first = await NamesAsync(Secrets[0]);
        var again = await NamesAsync(Secrets[0]);
        var second = await NamesAsync(Secrets[1]);
        var none = await NamesAsync(secret: null);

        // Partition, id, owner, embedding model, five labels, lease, topic of learning, removal's labels, check of the keys, key of an embedding.
        Assert.InRange(first.Count, 12, 40);
        Assert.Equal(first.Order(), again.Order());
        Assert.Empty(first.Intersect(second));
        Assert.Empty(first.Intersect(none));
        Assert.All(first, name => Assert.Matches("^[A-Za-z0-9_-]{22}$|^[A-Za-z0-9_-]{43}$", name));
    }

    private static async Task<HashSet<string>> NamesAsync(string? secret)
    {
        var place = new MemoryJournal.Place();
        var storage = new ChaosDistributedCache();
        var services = new TestServices().Add(new RagCachingKeyOptions { KeySecret = secret });
        var options = new SemanticCacheOptions { ErrorBudget = new ErrorBudgetOptions() };
        var leases = new HashSet<string>();
        await using (var store = new JournaledVectorStore(new MemoryJournal(place), services: services))
        await using (var embedder = new CachedEmbedder(new TestEmbeddingGenerator(), storage, services: services))
        await using (var cache = new SemanticCache(embedder, store, options, services))
        {
            await store.WhenLoadedAsync(Token);
            await Eventually.HoldsAsync(() => store.Status.IsServing, "The first contact", static () => { });
            var query = new SemanticCacheQuery(Question) { Scope = CacheScope.For("tenant", "user"), Partition = "prompt 7", Tags = ["a tag"], CreatedBy = "a user" };
            await cache.GetOrCreateAsync(
                query,
                (context, _) =>
                {
                    context.SourceVersions["a source"] = "1";
                    leases.UnionWith(place.Leases.Keys);
                    var answer = CacheFixture.Answer("an answer");
                    answer.ModelId = "a model";
                    return Task.FromResult(answer);
                },
                Token);
            await cache.FlushAsync(Token);
            await store.FlushAsync(Token);
            await embedder.FlushAsync();
            var stored = place.Entries.Values.Select(row => row.Entry).ToArray();
            var names = new HashSet<string>(stored.SelectMany(entry => (string?[])[entry.Partition, entry.Id, entry.Owner, entry.EmbeddingModel, .. entry.Labels]).OfType<string>());
            names.UnionWith(leases);
            names.UnionWith(place.Removals.Select(row => row.Change.Partition).Where(topic => topic.Length > 0));
            names.UnionWith(storage.Entries.Keys.Select(key => key["ragcaching:e:".Length..]));
            names.Add(place.Identity!.KeyCheck);
            await cache.RemoveWhereAsync(new EntryFilter { Scope = query.Scope, Tag = "a tag", SourceId = "a source", ModelId = "a model", CreatedBy = "a user" }, Token);
            names.UnionWith(place.Removals.SelectMany(row => row.Change.Filter?.Labels ?? []));
            Assert.Equal(0, place.Entries.Values.Count(row => row.Entry.Labels.Count > 1));
            return names;
        }
    }

    [Fact]
    public async Task Open_JournalOfHostsWithAnotherSecret_IsRefusedAndNamesTheOption()
    {
        var place = new MemoryJournal.Place();
        await using var first = new JournaledVectorStore(new MemoryJournal(place), services: new TestServices().Add(new RagCachingKeyOptions { KeySecret = Secrets[0] }));
        await first.WhenOpenAsync(Token);
        await using var second = new JournaledVectorStore(new MemoryJournal(place), services: new TestServices().Add(new RagCachingKeyOptions { KeySecret = Secrets[1] }));

        var exception = await Assert.ThrowsAsync<JournalMismatchException>(() => second.WhenOpenAsync(Token));

        Assert.Contains("KeySecret", exception.Message, StringComparison.Ordinal);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, exception.Message, StringComparison.Ordinal));
    }
}
