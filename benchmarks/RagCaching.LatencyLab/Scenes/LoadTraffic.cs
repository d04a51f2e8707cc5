using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>Known questions that arrive at a fixed rate, whether or not the ones before have been answered.</summary>
internal sealed class LoadTraffic(IChatClient client, IReadOnlyList<string> questions, TimeProvider time)
{
    /// <summary>How many arrive in a second.</summary>
    public const int Rate = 500;

    // Each of them is embedded and searched for.
    private const int ByMeaningEvery = 10;
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly Kind _exact = new("exact", SemanticCacheOutcome.ExactHit);
    private readonly Kind _byMeaning = new("by meaning", SemanticCacheOutcome.SemanticHit);

    public IReadOnlyList<Kind> Kinds => [_exact, _byMeaning];

    public long PeakWorkingSet { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // A thread of its own, so that requests are sent when they are due however busy the others are.
        var calls = await Task.Factory.StartNew(() => Send(cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(calls);
    }

    private List<Task> Send(CancellationToken cancellationToken)
    {
        var calls = new List<Task>();
        var random = new Random(1);
        var started = time.GetTimestamp();
        for (var i = 0; time.GetElapsedTime(started) is var now && now < Duration && !cancellationToken.IsCancellationRequested;)
        {
            // What is due by now: late ones count from when they were due.
            for (; i < now.TotalSeconds * Rate; i++)
            {
                calls.Add(AskAsync(i, random.Next(questions.Count), started, TimeSpan.FromSeconds((double)i / Rate)));
            }

            PeakWorkingSet = i % Rate < 2 ? Math.Max(PeakWorkingSet, Environment.WorkingSet) : PeakWorkingSet;
            Thread.Sleep(Step);
        }

        return calls;
    }

    private async Task AskAsync(int number, int question, long started, TimeSpan due)
    {
        var kind = number % ByMeaningEvery == 0 ? _byMeaning : _exact;
        var text = kind == _exact ? questions[question] : questions[question] + Blanks(number);
        await Task.Yield();
        try
        {
            var response = await client.GetResponseAsync(text);
            kind.Ended(time.GetElapsedTime(started) - due, response.GetSemanticCacheResult()!);
        }
        catch (Exception)
        {
            // An application error, which is what is counted here.
            kind.Failed();
        }
    }

    // No two questions by meaning are the same text, so none is found without its vector.
    private static string Blanks(int number) => string.Create(20, number, static (blanks, value) =>
    {
        for (var i = 0; i < blanks.Length; i++)
        {
            blanks[i] = (value >> i) % 2 == 0 ? ' ' : '\t';
        }
    });

    /// <summary>What came of requests of one kind.</summary>
    internal sealed class Kind(string name, SemanticCacheOutcome expected)
    {
        private readonly ConcurrentQueue<TimeSpan> _took = [];
        private readonly ConcurrentDictionary<string, int> _reasons = [];
        private int _errors;
        private int _others;

        public string Name => name;

        public IReadOnlyList<TimeSpan> Took => [.. _took];

        public int Errors => Volatile.Read(ref _errors);

        /// <summary>Gets how many were answered in another way.</summary>
        public int Others => Volatile.Read(ref _others);

        /// <summary>Gets why, by how often.</summary>
        public IEnumerable<KeyValuePair<string, int>> Reasons => _reasons.OrderByDescending(reason => reason.Value);

        public void Ended(TimeSpan took, SemanticCacheResult result)
        {
            _took.Enqueue(took);
            if (result.Outcome != expected)
            {
                Interlocked.Increment(ref _others);
                _reasons.AddOrUpdate($"{result.Outcome} {result.Reason}", 1, static (_, count) => count + 1);
            }
        }

        public void Failed() => Interlocked.Increment(ref _errors);
    }
}
