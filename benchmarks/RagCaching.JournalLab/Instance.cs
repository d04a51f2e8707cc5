using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.JournalLab;

/// <summary>One host of several, driven through its standard input.</summary>
/// <remarks>
/// Commands, each answered by one line:
/// <c>ask QUESTION</c> (outcome and answer), <c>many COUNT DELAY QUESTION</c> (that many callers at once, of a model that takes that many milliseconds: how often it was called, and how many got the
/// answer), <c>store COUNT PREFIX</c> (stores that many answers), <c>forget TAG</c> (removes by tag), <c>watch QUESTION</c> (looks until there is an answer: the time of the machine's clock),
/// <c>check COUNT QUESTION</c> (looks that often: how often there was an answer, and the time of the last look that found one), <c>flush</c>, <c>status</c>, <c>exit</c>. What fails is answered with
/// <c>error</c> and the type.
/// </remarks>
internal sealed class Instance(ISemanticCache cache, ISemanticCacheManager manager, JournaledVectorStore store, FailureCount failures)
{
    private const int Dimensions = 64;
    private int _calls;

    public static async Task<int> RunAsync(string engine, string address, string name)
    {
        using var failures = new FailureCount();
        var services = new ServiceCollection();
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new HashedEmbeddings(Dimensions));
        services.AddRagCaching(options => options.ShareAcrossCallers = true)
            .UseVectorJournal(_ => Engines.Create(engine, address, name), journal => journal.ShareGeneration = true);
        await using var provider = services.BuildServiceProvider();
        var store = (JournaledVectorStore)provider.GetRequiredService<IVectorStore>();
        await store.WhenLoadedAsync();
        var instance = new Instance(provider.GetRequiredService<ISemanticCache>(), provider.GetRequiredService<ISemanticCacheManager>(), store, failures);
        await Console.Out.WriteLineAsync("ready");
        while (await Console.In.ReadLineAsync() is { } line && line != "exit")
        {
            await Console.Out.WriteLineAsync(await instance.AnswerAsync(line));
        }

        return 0;
    }

    private async Task<string> AnswerAsync(string line)
    {
        try
        {
            var words = line.Split(' ', 2);
            var rest = words.Length > 1 ? words[1] : "";
            return words[0] switch
            {
                "ask" => await AskAsync(rest),
                "many" => await ManyAsync(rest.Split(' ', 3)),
                "store" => await StoreAsync(rest.Split(' ', 2)),
                "forget" => await ForgetAsync(rest),
                "watch" => await WatchAsync(rest),
                "check" => await CheckAsync(rest.Split(' ', 2)),
                "flush" => await FlushAsync(),
                "status" => await StatusAsync(),
                _ => "error unknown command",
            };
        }
        catch (Exception exception)
        {
            return $"error {exception.GetType().Name}";
        }
    }

    private async Task<string> AskAsync(string question)
    {
        var result = await GetAsync(question, delay: 0);
        return $"{result.Outcome} {result.Response!.Text}";
    }

    private async Task<string> ManyAsync(string[] words)
    {
        var before = _calls;
        var count = int.Parse(words[0], CultureInfo.InvariantCulture);
        var delay = int.Parse(words[1], CultureInfo.InvariantCulture);
        var results = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => GetAsync(words[2], delay))));
        return string.Create(CultureInfo.InvariantCulture, $"calls={_calls - before} answered={results.Count(result => result.Response!.Text == AnswerTo(words[2]))}");
    }

    private async Task<string> StoreAsync(string[] words)
    {
        var count = int.Parse(words[0], CultureInfo.InvariantCulture);
        for (var i = 0; i < count; i++)
        {
            var question = string.Create(CultureInfo.InvariantCulture, $"{words[1]}{i}");
            await cache.StoreAsync(Query(question), Response(question));
        }

        return string.Create(CultureInfo.InvariantCulture, $"stored {count}");
    }

    private async Task<string> ForgetAsync(string tag)
    {
        var removed = await manager.RemoveWhereAsync(new EntryFilter { AllScopes = true, Tag = tag });
        return string.Create(CultureInfo.InvariantCulture, $"removed {removed}");
    }

    private async Task<string> WatchAsync(string question)
    {
        while ((await cache.LookupAsync(Query(question))).Outcome != SemanticCacheOutcome.ExactHit)
        {
            await Task.Delay(1);
        }

        return Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture);
    }

    private async Task<string> CheckAsync(string[] words)
    {
        var count = int.Parse(words[0], CultureInfo.InvariantCulture);
        var (hits, last) = (0, 0L);
        for (var i = 0; i < count; i++)
        {
            var asked = Stopwatch.GetTimestamp();
            if ((await cache.LookupAsync(Query(words[1]))).Outcome == SemanticCacheOutcome.ExactHit)
            {
                hits++;
                last = asked;
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"hits={hits} last={last}");
    }

    private async Task<string> StatusAsync()
    {
        var status = store.Status;
        var entries = await store.CountAsync(new VectorFilter());
        return string.Create(CultureInfo.InvariantCulture, $"serving={status.IsServing} entries={entries} version={status.Version} waiting={status.Waiting} dropped={status.Dropped} failures={failures.Value}");
    }

    private async Task<string> FlushAsync()
    {
        await store.FlushAsync();
        return "flushed";
    }

    private async Task<SemanticCacheResult> GetAsync(string question, int delay) => await cache.GetOrCreateAsync(Query(question), async (_, token) =>
    {
        Interlocked.Increment(ref _calls);
        await Task.Delay(delay, token);
        return Response(question);
    });

    // A question belongs to the tag that is its first word.
    private static SemanticCacheQuery Query(string question) => new(question) { Tags = [question.Split('-')[0]] };

    private static ChatResponse Response(string question) => new(new ChatMessage(ChatRole.Assistant, AnswerTo(question))) { FinishReason = ChatFinishReason.Stop };

    private static string AnswerTo(string question) => $"answer to {question}";
}
