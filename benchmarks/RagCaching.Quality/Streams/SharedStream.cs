using RagCaching.Quality.Data;
using RagCaching.Semantic;

namespace RagCaching.Quality.Streams;

/// <summary>Replays labelled questions through several instances, which a balancer deals them to, with one journal or each by itself.</summary>
internal sealed class SharedStream : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ragcaching-instances-");
    private readonly List<SemanticCache> _caches = [];
    private readonly List<JournaledVectorStore> _journaled = [];
    private readonly List<IDisposable> _memories = [];
    private readonly QuestionSet _questions;
    private readonly Random _balancer;

    private SharedStream(QuestionSet questions, int seed)
    {
        _questions = questions;
        _balancer = new Random(seed);
    }

    /// <summary>Runs a stream.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="order">Which question is asked when.</param>
    /// <param name="instances">The number of instances.</param>
    /// <param name="isShared">Whether they have one journal; if not, each is alone.</param>
    /// <param name="budget">The error budget of each.</param>
    /// <param name="seed">Seeds the balancer and the audits.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>What came of it over all instances.</returns>
    public static async Task<StreamResult> RunAsync(QuestionSet questions, int[] order, int instances, bool isShared, ErrorBudgetOptions budget, int seed, CancellationToken cancellationToken)
    {
        await using var stream = new SharedStream(questions, seed);
        for (var i = 0; i < instances; i++)
        {
            await stream.AddAsync(isShared, budget, new Random((seed * instances) + i), order.Length, cancellationToken);
        }

        return await stream.AskAsync(order, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cache in _caches)
        {
            await cache.DisposeAsync();
        }

        foreach (var store in _journaled)
        {
            await store.DisposeAsync();
        }

        _memories.ForEach(memory => memory.Dispose());
        _folder.Delete(recursive: true);
    }

    private async Task AddAsync(bool isShared, ErrorBudgetOptions budget, Random draws, int requests, CancellationToken cancellationToken)
    {
        var options = new SemanticCacheOptions { ShareAcrossCallers = true, ErrorBudget = budget };
        options.Limits.LookupTimeout = TimeSpan.FromMinutes(1);
        options.Freshness.Behavior = FreshnessBehavior.Ignore;
        var parts = new SemanticCacheParts
        {
            Options = () => options,
            Guards = static () => [],
            Comparer = static () => AnswerComparers.ShortAnswers,
            Draw = draws.NextDouble,
            ShadowLog = new ShadowLog(),
        };
        var bounds = new InMemoryVectorStoreOptions { MaxEntries = requests + 1 };
        _caches.Add(new SemanticCache(new TableEmbedder([_questions]), isShared ? await JournaledAsync(bounds, cancellationToken) : Alone(bounds), parts, services: null));
    }

    private async Task<IVectorStore> JournaledAsync(InMemoryVectorStoreOptions bounds, CancellationToken cancellationToken)
    {
        var journal = new SqliteVectorJournal(new SqliteJournalOptions { Path = Path.Combine(_folder.FullName, "cache.db"), PollInterval = TimeSpan.FromMilliseconds(1) });
        var store = new JournaledVectorStore(journal, new JournaledVectorStoreOptions { MaxStaleness = TimeSpan.FromHours(1) }, bounds);
        await store.WhenLoadedAsync(cancellationToken);
        _journaled.Add(store);
        return store;
    }

    private InMemoryVectorStore Alone(InMemoryVectorStoreOptions bounds)
    {
        var store = new InMemoryVectorStore(bounds);
        _memories.Add(store);
        return store;
    }

    private async Task<StreamResult> AskAsync(int[] order, CancellationToken cancellationToken)
    {
        var (requests, served, wrong, written) = (0, 0, 0, 0L);
        int? firstHit = null;
        for (var i = 0; i < order.Length; i++)
        {
            var instance = _balancer.Next(_caches.Count);
            if (_journaled.Count > 0)
            {
                await CaughtUpAsync(_journaled[instance], written, cancellationToken);
            }

            var right = CacheStream.AnswerOf(_questions, order[i], i);
            var result = await _caches[instance].GetOrCreateAsync(_questions.Texts[order[i]], _ => Task.FromResult(CacheStream.Answer(right)), cancellationToken);
            await _caches[instance].FlushAsync(cancellationToken);
            if (_journaled.Count > 0)
            {
                await _journaled[instance].FlushAsync(cancellationToken);
                written = Math.Max(written, _journaled[instance].Status.Version);
            }

            requests += result.Outcome == SemanticCacheOutcome.ExactHit ? 0 : 1;
            if (result.Outcome == SemanticCacheOutcome.SemanticHit)
            {
                firstHit ??= requests;
                served++;
                wrong += result.Response!.Text == right ? 0 : 1;
            }
        }

        var budgets = _caches.Select(cache => cache.GetStatistics().ErrorBudget!).ToArray();

        // Those with one journal count each other's.
        Func<Func<ErrorBudgetStatistics, long>, long> total = _journaled.Count > 0 ? budgets.Max : budgets.Sum;
        return new StreamResult(requests, served, wrong, total(budget => budget.Audits), Trips: total(budget => budget.BreakerTrips)) { Asked = order.Length, FirstHit = firstHit };
    }

    // The balancer's next question comes later than what was learnt from the one before.
    private static async Task CaughtUpAsync(JournaledVectorStore store, long version, CancellationToken cancellationToken)
    {
        while (store.Status.Version < version)
        {
            await Task.Delay(1, cancellationToken);
        }
    }
}
