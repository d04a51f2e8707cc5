using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic;

/// <summary>
/// The promise that users buy, under a random workload while parts fail: whoever asks gets an answer to that question from that scope, or the failure of a model.
/// </summary>
public sealed class SemanticCacheHistoryTests
{
    private const int Workers = 8;
    private const int Steps = 1_500;
    private const int Meanings = 6;
    private const int Wordings = 4;

    private static readonly CacheScope[] Scopes = [CacheScope.Shared, CacheScope.For("a"), CacheScope.For("b"), CacheScope.For("a", "b")];

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task AnyWorkload_WhilePartsFail_NeverAnswersAnotherQuestionOrScope(int seed)
    {
        using var fixture = new CacheFixture();
        for (var meaning = 0; meaning < Meanings; meaning++)
        {
            fixture.SameMeaning([.. Enumerable.Range(0, Wordings).Select(wording => QuestionOf(meaning, wording))]);
        }

        var faults = new Random(seed);
        fixture.Store.Before = (_, _) => Roll(faults, 0.02) ? throw new IOException("broken") : Task.CompletedTask;
        fixture.Generator.GenerateCallback = (texts, _, _) =>
            Roll(faults, 0.02) ? throw new HttpRequestException("down") : Task.FromResult(fixture.Generator.Generate(texts));

        var hits = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(fixture, new Random((seed * 100) + worker)))));

        Assert.True(hits.Sum() > Workers * Steps / 10, $"Only {hits.Sum()} of {Workers * Steps} steps were hits: the workload shows nothing.");
    }

    private static async Task<int> WorkAsync(CacheFixture fixture, Random random)
    {
        var hits = 0;
        for (var step = 0; step < Steps; step++)
        {
            var scope = random.Next(Scopes.Length);
            var meaning = random.Next(Meanings);
            var query = new SemanticCacheQuery(QuestionOf(meaning, random.Next(Wordings)))
            {
                Scope = Scopes[scope],
                Tags = [$"tag {meaning}"],
                Mode = random.Next(20) == 0 ? SemanticCacheMode.Refresh : SemanticCacheMode.ReadWrite,
            };
            switch (random.Next(20))
            {
                case 0:
                    await IgnoreFaultsAsync(async () => await fixture.Cache.RemoveWhereAsync(new EntryFilter { Scope = Scopes[scope], Tag = $"tag {meaning}" }));
                    break;
                case 1:
                    fixture.Time.Advance(TimeSpan.FromSeconds(random.Next(3)));
                    break;
                case < 8:
                    hits += await StreamAsync(fixture, query, $"{scope}/{meaning}", random);
                    break;
                default:
                    hits += await AskAsync(fixture, query, $"{scope}/{meaning}", random);
                    break;
            }
        }

        return hits;
    }

    private static async Task<int> AskAsync(CacheFixture fixture, SemanticCacheQuery query, string expected, Random random)
    {
        using var cancellation = new CancellationTokenSource();
        var fails = random.Next(20) == 0;
        var yields = random.Next(3);
        var asking = fixture.Cache.GetOrCreateAsync(
            query,
            async _ =>
            {
                await YieldAsync(yields);
                return fails ? throw new InvalidDataException("the model is down") : CacheFixture.Answer(expected);
            },
            cancellation.Token);
        if (random.Next(10) == 0)
        {
            await cancellation.CancelAsync();
        }

        try
        {
            var result = await asking;
            Assert.Equal(expected, result.Response!.Text);
            return result.IsHit ? 1 : 0;
        }
        catch (InvalidDataException)
        {
            // This caller's model, or that of one it shared the run with.
            return 0;
        }
        catch (OperationCanceledException exception)
        {
            Assert.Equal(cancellation.Token, exception.CancellationToken);
            return 0;
        }
    }

    private static async Task<int> StreamAsync(CacheFixture fixture, SemanticCacheQuery query, string expected, Random random)
    {
        var fails = random.Next(20) == 0;
        var pieces = expected.Select(character => character.ToString()).ToArray();
        var stream = await fixture.Cache.GetOrStreamAsync(query, (_, _) => ModelAsync(pieces, fails));
        var breaksAfter = random.Next(8);
        var text = "";
        try
        {
            await foreach (var update in stream)
            {
                text += update.Text;
                Assert.StartsWith(text, expected, StringComparison.Ordinal);
                if (--breaksAfter == 0)
                {
                    return 0;
                }
            }
        }
        catch (InvalidDataException)
        {
            return 0;
        }

        Assert.Equal(expected, text);
        return stream.Result.IsHit ? 1 : 0;
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> ModelAsync(string[] pieces, bool fails)
    {
        foreach (var piece in pieces)
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, piece);
        }

        yield return fails ? throw new InvalidDataException("the model is down") : new ChatResponseUpdate { Role = ChatRole.Assistant, FinishReason = ChatFinishReason.Stop };
    }

    private static async Task YieldAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Task.Yield();
        }
    }

    private static async Task IgnoreFaultsAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (IOException)
        {
            // Who removes is told of a broken store, and here has nothing to do about it.
        }
    }

    private static bool Roll(Random random, double chance)
    {
        lock (random)
        {
            return random.NextDouble() < chance;
        }
    }

    private static string QuestionOf(int meaning, int wording) => $"question {meaning} in wording {wording}";
}
