using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace RagCaching.JournalLab;

/// <summary>Kills the journal's server and the encoder in mid-traffic, and compares what callers then wait with what they would wait without a cache.</summary>
internal static class Killing
{
    private const int Callers = 16;
    private const int RequestsEach = 80;
    private static readonly TimeSpan Generation = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(string engine, string address)
    {
        Console.WriteLine($"{Callers} callers ask {RequestsEach} new questions each; an answer takes the model {Generation.TotalSeconds:0} s. A quarter of the way the server and the encoder are killed ({engine}).");
        var (relay, relayed) = Through(engine, address);
        using (relay)
        {
            var encoder = new MortalEncoder();
            var services = new ServiceCollection();
            services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(encoder);
            services.AddRagCaching(options => options.ShareAcrossCallers = true).UseVectorJournal(_ => Engines.Create(engine, relayed, $"killing_{Environment.ProcessId}"));
            await using var provider = services.BuildServiceProvider();
            var cache = provider.GetRequiredService<ISemanticCache>();
            await ((JournaledVectorStore)provider.GetRequiredService<IVectorStore>()).WhenLoadedAsync();

            var without = await AskAsync(async (_, _) => await GenerateAsync(CancellationToken.None), atQuarter: () => { });
            var with = await AskAsync(
                async (caller, i) => await cache.GetOrCreateAsync(string.Create(CultureInfo.InvariantCulture, $"question {i} of caller {caller}"), (_, token) => GenerateAsync(token)),
                atQuarter: () =>
                {
                    relay.Kill();
                    encoder.Kill();
                });
            Print("without a cache", without);
            Print("with one, before", with with { Took = [.. with.Took.Where((_, i) => i % RequestsEach < RequestsEach / 4)] });
            Print("with one, from then on", with with { Took = [.. with.Took.Where((_, i) => i % RequestsEach >= RequestsEach / 4)] });
            var added = (with.Took.Where((_, i) => i % RequestsEach >= RequestsEach / 4).Average() / without.Took.Average()) - 1;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"added by what was killed",-28} {added:P2} on the average"));
            return with.Errors == 0 ? 0 : 1;
        }
    }

    private static (Relay Relay, string Address) Through(string engine, string address)
    {
        if (engine == "postgres")
        {
            var connection = new NpgsqlConnectionStringBuilder(address);
            var relay = Relay.Start(connection.Host!, connection.Port);
            (connection.Host, connection.Port) = ("127.0.0.1", relay.Port);
            return (relay, connection.ConnectionString);
        }

        if (engine != "redis" || address.Split(':') is not [var host, var port])
        {
            throw new ArgumentException($"'{engine}' has no server that could be killed: redis HOST:PORT or postgres CONNECTION.", nameof(engine));
        }

        var server = Relay.Start(host, int.Parse(port, CultureInfo.InvariantCulture));
        return (server, $"127.0.0.1:{server.Port}");
    }

    private static async Task<ChatResponse> GenerateAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Generation, cancellationToken);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, "An answer.")) { FinishReason = ChatFinishReason.Stop };
    }

    private static async Task<Outcome> AskAsync(Func<int, int, Task> ask, Action atQuarter)
    {
        var took = new double[Callers * RequestsEach];
        var (errors, ended) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var i = 0; i < RequestsEach; i++)
            {
                var started = Stopwatch.GetTimestamp();
                try
                {
                    await ask(caller, i);
                }
                catch (Exception)
                {
                    // What a caller must never see.
                    Interlocked.Increment(ref errors);
                }

                took[(caller * RequestsEach) + i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                if (Interlocked.Increment(ref ended) == took.Length / 4)
                {
                    atQuarter();
                }
            }
        }));
        return new Outcome(took, errors);
    }

    private static void Print(string what, Outcome outcome)
    {
        var sorted = outcome.Took.Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-28} {sorted.Length} requests, {outcome.Errors} errors, mean {sorted.Average():F1} ms, p50 {sorted[sorted.Length / 2]:F1}, p99 {sorted[sorted.Length * 99 / 100]:F1}, longest {sorted[^1]:F1} ms"));
    }

    private sealed record Outcome(double[] Took, int Errors);

    /// <summary>An encoder that never answers any more once it is killed.</summary>
    private sealed class MortalEncoder : IEmbeddingGenerator<string, Embedding<float>>
    {
        private readonly HashedEmbeddings _inner = new(dimensions: 64);
        private volatile bool _isDead;

        public void Kill() => _isDead = true;

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (_isDead)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return await _inner.GenerateAsync(values, options, cancellationToken);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => _inner.GetService(serviceType, serviceKey);

        public void Dispose() => _inner.Dispose();
    }
}
