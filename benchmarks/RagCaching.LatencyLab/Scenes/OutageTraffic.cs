using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>Callers that ask questions whose answers are known, again and again.</summary>
internal sealed class OutageTraffic(IChatClient client, IReadOnlyList<string> questions, TimeProvider time)
{
    private const int Callers = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentQueue<OutageRequest> _requests = [];
    private readonly long _started = time.GetTimestamp();

    /// <summary>Gets what was asked so far.</summary>
    public IReadOnlyList<OutageRequest> Requests => [.. _requests];

    /// <summary>Gets the time since the traffic began.</summary>
    public TimeSpan Now => time.GetElapsedTime(_started);

    /// <summary>Asks until it is stopped.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => AskAsync(new Random(caller), stop)));

    private async Task AskAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var at = Now;
            SemanticCacheOutcome? outcome = null;
            try
            {
                var response = await client.GetResponseAsync(questions[random.Next(questions.Count)], cancellationToken: CancellationToken.None);
                outcome = response.GetSemanticCacheResult()!.Outcome;
            }
            catch (Exception)
            {
                // An application error, which is what is counted here.
            }

            _requests.Enqueue(new OutageRequest(at, Now - at, outcome));
            await Task.Delay(Pause, time, CancellationToken.None);
        }
    }
}
