using System.Text;
using RagCaching.Tests.Journals;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Protection;

/// <summary>Caches of several instances whose journal sees nothing but ciphertext.</summary>
public sealed class ProtectedInstancesTests : IAsyncLifetime
{
    private const string Question = "How do I reset my zebra password?";
    private const string Reworded = "How can I reset the zebra password?";
    private const string Answer = "Press the giraffe button.";

    private readonly CacheFixture _fixture = new();
    private readonly JournalFixture _journal;
    private readonly TestProtector _protector = new();
    private int _calls;

    public ProtectedInstancesTests()
    {
        _journal = new JournalFixture(_fixture.Time) { Protector = _protector };
        _fixture.Options.Limits.JoinTimeout = TimeSpan.FromHours(1);
        _fixture.SameMeaning(Question, Reworded);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        _fixture.Dispose();
    }

    private async Task<(SemanticCache Cache, JournaledVectorStore Store)> StartAsync(IPayloadProtector? protector, bool keepPayloads = true)
    {
        _journal.Protector = protector;
        var (store, _) = await _journal.StartAsync(new JournaledVectorStoreOptions { KeepPayloads = keepPayloads, ShareGeneration = false });
        return (_fixture.NewCache(store: store), store);
    }

    private async Task<SemanticCacheResult> AskAsync(SemanticCache cache, string question)
    {
        var asking = cache.GetOrCreateAsync(
            new SemanticCacheQuery(question) { Tags = ["a tag of lions"] },
            _ =>
            {
                Interlocked.Increment(ref _calls);
                return Task.FromResult(CacheFixture.Answer(Answer));
            },
            Token).AsTask();
        await _journal.EventuallyAsync(() => asking.IsCompleted, "The answer");
        return await asking;
    }

    private static long Unreadable(Microsoft.Extensions.Diagnostics.Metrics.Testing.MetricCollector<long> failures) =>
        failures.GetMeasurementSnapshot().Where(measurement => Equals(measurement.Tags["error.type"], "not_unprotected")).Sum(measurement => measurement.Value);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetOrCreate_WhatAnotherInstanceStored_IsAHit(bool keepPayloads)
    {
        var (first, firstStore) = await StartAsync(_protector, keepPayloads);
        var (second, secondStore) = await StartAsync(_protector, keepPayloads);
        await AskAsync(first, Question);
        await _journal.FlushAsync(firstStore);
        await _journal.CaughtUpAsync(secondStore);
        var (third, _) = await StartAsync(_protector, keepPayloads);

        foreach (var cache in new[] { first, second, third })
        {
            Assert.Equal((SemanticCacheOutcome.ExactHit, Answer), (await AskAsync(cache, Question) is var exact ? (exact.Outcome, exact.Response!.Text) : default));
            Assert.Equal((SemanticCacheOutcome.SemanticHit, Answer), (await AskAsync(cache, Reworded) is var reworded ? (reworded.Outcome, reworded.Response!.Text) : default));
        }

        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task Journal_OfAProtectedCache_HasNoTextAndNoVector()
    {
        var (cache, store) = await StartAsync(_protector);
        var stored = await AskAsync(cache, Question);
        await cache.ReportAsync(stored.EntryId!, Reworded, correct: false, cancellationToken: Token);
        await _journal.FlushAsync(store);

        var (_, _, entry) = Assert.Single(_journal.Place.Entries.Values);

        Assert.True(entry.Vector.IsEmpty);
        foreach (var text in new[] { "zebra", "giraffe", "lions", "reset" })
        {
            Assert.False(StoredBytesSearch.HasText(entry.Metadata.Span, text), text);
            Assert.False(StoredBytesSearch.HasText(entry.Payload.Span, text), text);
            Assert.DoesNotContain(text, $"{entry.Partition} {entry.Id} {entry.Owner} {entry.EmbeddingModel} {string.Join(' ', entry.Labels)}", StringComparison.OrdinalIgnoreCase);
        }

        foreach (var vector in new[] { _fixture.VectorOf(Question), Unit(_fixture.VectorOf(Question)) })
        {
            Assert.False(StoredBytesSearch.HasVector(entry.Payload.Span, vector));
            Assert.False(StoredBytesSearch.HasVector(entry.Metadata.Span, vector));
        }
    }

    [Fact]
    public async Task Journal_OfAPlainCache_HasBoth_SoTheSearchFindsThem()
    {
        var (cache, store) = await StartAsync(protector: null);
        await AskAsync(cache, Question);
        await _journal.FlushAsync(store);

        var (_, _, entry) = Assert.Single(_journal.Place.Entries.Values);

        Assert.True(StoredBytesSearch.HasText(entry.Metadata.Span, "zebra"));
        Assert.True(StoredBytesSearch.HasText(entry.Payload.Span, "giraffe"));
        Assert.True(StoredBytesSearch.HasVector(System.Runtime.InteropServices.MemoryMarshal.AsBytes(entry.Vector.Span), _fixture.VectorOf(Question)));
    }

    [Fact]
    public async Task GetOrCreate_KeyIsLost_IsACountedMissAndIsAnsweredAnew()
    {
        var (first, firstStore) = await StartAsync(_protector);
        await AskAsync(first, Question);
        await _journal.FlushAsync(firstStore);
        using var failures = _journal.CollectFailures();
        var (other, otherStore) = await StartAsync(new TestProtector());

        var result = await AskAsync(other, Question);
        await _journal.FlushAsync(otherStore);

        Assert.Equal((SemanticCacheOutcome.Miss, 2), (result.Outcome, _calls));
        Assert.True(Unreadable(failures) > 0);
        Assert.Equal(SemanticCacheOutcome.ExactHit, (await AskAsync(other, Question)).Outcome);
    }

    [Fact]
    public async Task GetOrCreate_StoredInPlainText_IsACountedMiss()
    {
        var (plain, plainStore) = await StartAsync(protector: null);
        await AskAsync(plain, Question);
        await _journal.FlushAsync(plainStore);
        using var failures = _journal.CollectFailures();
        var (cache, _) = await StartAsync(_protector);

        Assert.Equal(SemanticCacheOutcome.Miss, (await AskAsync(cache, Question)).Outcome);
        Assert.True(Unreadable(failures) > 0);
    }

    [Fact]
    public async Task GetOrCreate_ProtectorThrowsOnWrite_IsAnsweredAndNeverWrittenInPlainText()
    {
        using var failures = _journal.CollectFailures();
        var (cache, store) = await StartAsync(_protector);
        _protector.ProtectFault = new InvalidOperationException("the vault is away");

        var result = await AskAsync(cache, Question);
        await _journal.FlushAsync(store);

        Assert.Equal((SemanticCacheOutcome.Miss, Answer), (result.Outcome, result.Response!.Text));
        Assert.Empty(_journal.Place.Entries);
        Assert.Equal(1, store.Status.Dropped);
        Assert.Contains(failures.GetMeasurementSnapshot(), measurement => (string)measurement.Tags["error.type"]! == "RagCaching.Protection.NotProtectedException");
        Assert.Equal(SemanticCacheOutcome.ExactHit, (await AskAsync(cache, Question)).Outcome);
    }

    [Fact]
    public async Task Remove_ProtectorThrowsOnWrite_ReachesTheJournalAllTheSame()
    {
        var (cache, store) = await StartAsync(_protector);
        await AskAsync(cache, Question);
        await _journal.FlushAsync(store);
        _protector.ProtectFault = new InvalidOperationException("the vault is away");
        await AskAsync(cache, "another question");

        var removing = cache.RemoveWhereAsync(new EntryFilter { AllScopes = true }, Token).AsTask();
        await _journal.EventuallyAsync(() => removing.IsCompleted, "The removal");

        Assert.Equal(2, await removing);
        Assert.Empty(_journal.Place.Entries);
    }

    [Fact]
    public async Task GetOrCreate_ProtectorThrowsOnRead_IsACountedMiss()
    {
        var (first, firstStore) = await StartAsync(_protector);
        await AskAsync(first, Question);
        await _journal.FlushAsync(firstStore);
        using var failures = _journal.CollectFailures();
        var broken = new TestProtector { UnprotectFault = new InvalidOperationException("the vault is away") };
        var (cache, _) = await StartAsync(broken);

        Assert.Equal(SemanticCacheOutcome.Miss, (await AskAsync(cache, Question)).Outcome);
        Assert.Contains(failures.GetMeasurementSnapshot(), measurement => (string)measurement.Tags["error.type"]! == typeof(InvalidOperationException).FullName);
    }

    [Theory]
    [InlineData("payload")]
    [InlineData("metadata")]
    [InlineData("labels")]
    [InlineData("expiry")]
    [InlineData("id")]
    [InlineData("partition")]
    public async Task GetOrCreate_EntryWasTamperedWith_IsACountedMiss(string part)
    {
        var (first, firstStore) = await StartAsync(_protector);
        await AskAsync(first, Question);
        await _journal.FlushAsync(firstStore);
        var ((partition, id), (version, origin, entry)) = _journal.Place.Entries.Single();
        var other = part == "partition" ? partition[..^1] + (partition[^1] == 'A' ? 'B' : 'A') : partition;
        var otherId = part == "id" ? (id[0] == 'A' ? 'B' : 'A') + id[1..] : id;
        _journal.Place.Entries.Clear();
        _journal.Place.Entries[(other, otherId)] = (version, origin, new VectorEntry
        {
            Partition = other,
            Id = otherId,
            Vector = entry.Vector,
            Metadata = part == "metadata" ? Flipped(entry.Metadata) : entry.Metadata,
            Payload = part == "payload" ? Flipped(entry.Payload) : entry.Payload,
            Labels = part == "labels" ? [.. entry.Labels, "another-scope-in-the-labels"] : entry.Labels,
            CreatedAt = entry.CreatedAt,
            ExpiresAt = part == "expiry" ? entry.ExpiresAt + TimeSpan.FromDays(1) : entry.ExpiresAt,
        });
        using var failures = _journal.CollectFailures();
        var (cache, _) = await StartAsync(_protector);

        Assert.Equal(SemanticCacheOutcome.Miss, (await AskAsync(cache, Question)).Outcome);
        Assert.True(Unreadable(failures) > 0);
    }

    [Fact]
    public async Task Learn_WhatBudgetsTellEachOther_IsProtected()
    {
        byte[] content = [.. "what was learnt about the zebra"u8];
        var (_, firstStore) = await StartAsync(_protector);
        var (_, secondStore) = await StartAsync(_protector);
        var heard = new List<string>();
        ((RagCaching.VectorStores.ILearningFeed)secondStore).OnLearnt((topic, bytes) => heard.Add($"{topic}: {Encoding.UTF8.GetString(bytes.Span)}"));

        ((RagCaching.VectorStores.ILearningFeed)firstStore).Publish("topic", content);
        await _journal.FlushAsync(firstStore);
        await _journal.EventuallyAsync(() => heard.Count > 0, "Learning");

        Assert.Equal("topic: what was learnt about the zebra", Assert.Single(heard));
        Assert.False(StoredBytesSearch.HasText(Assert.Single(_journal.Place.Removals).Change.Content.Span, "zebra"));
    }

    private static byte[] Flipped(ReadOnlyMemory<byte> bytes)
    {
        var copy = bytes.ToArray();
        copy[^1] ^= 1;
        return copy;
    }

    private static float[] Unit(float[] vector)
    {
        var norm = MathF.Sqrt(vector.Sum(component => component * component));
        return [.. vector.Select(component => component / norm)];
    }
}
