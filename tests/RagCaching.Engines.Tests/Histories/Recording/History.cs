using System.Collections.Concurrent;
using RagCaching.Engines.Tests.Histories.Plans;

namespace RagCaching.Engines.Tests.Histories.Recording;

/// <summary>What happened in a run. Thread-safe.</summary>
internal sealed class History(Plan plan)
{
    private readonly ConcurrentQueue<Operation> _operations = new();
    private readonly ConcurrentDictionary<int, Answer> _answers = new();
    private readonly ConcurrentQueue<Outage> _outages = new();
    private readonly ConcurrentQueue<(int Tenant, int Slot, long From, long To, TimeSpan Skew)> _skews = new();
    private int _answerCount;

    public Plan Plan => plan;

    /// <summary>Gets the time of the run.</summary>
    public RunClock Clock { get; } = new();

    /// <summary>Gets or sets how often the engine lost its data.</summary>
    public int Losses { get; set; }

    public IEnumerable<Operation> Operations => _operations;

    public IReadOnlyDictionary<int, Answer> Answers => _answers;

    /// <summary>Gets the times for which it is certain that an instance could not reach its journal.</summary>
    public IEnumerable<Outage> Outages => _outages;

    /// <summary>Gets or sets exceptions that nobody looked at.</summary>
    public ConcurrentQueue<Exception> Unobserved { get; } = new();

    /// <summary>Gets or sets what was still there after everything was disposed.</summary>
    public ConcurrentQueue<string> Leaks { get; } = new();

    public bool HasSkews => !_skews.IsEmpty;

    /// <summary>Gets the time since the beginning, in microseconds that all threads agree upon.</summary>
    public long Now => Microseconds(Clock.Elapsed);

    public static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    public Operation Begin(Step step, Life life, (int Epoch, long Version) known, bool isFinal = false)
    {
        var operation = new Operation(step, life) { Invoked = Now, KnownBefore = known, IsFinal = isFinal };
        Add(operation);
        return operation;
    }

    public void Add(Operation operation) => _operations.Enqueue(operation);

    public Answer BeginAnswer(Operation operation)
    {
        var answer = new Answer(Interlocked.Increment(ref _answerCount), operation) { Begun = Now };
        Add(answer);
        return answer;
    }

    public void Add(Answer answer) => _answers[answer.Number] = answer;

    /// <summary>Notes that an instance, or all of them, cannot have reached the journal between two times.</summary>
    public void Missed(Outage outage) => _outages.Enqueue(outage);

    /// <summary>Notes that a clock was set between two times.</summary>
    public void Skewed(int tenant, int slot, long from, long to, TimeSpan skew) => _skews.Enqueue((tenant, slot, from, to, skew));

    /// <summary>Gets the smallest and the largest value by which a clock was wrong between two times.</summary>
    public (TimeSpan Least, TimeSpan Most) SkewOf(Life life, long from, long to)
    {
        var set = _skews.Where(skew => skew.Tenant == life.Tenant && skew.Slot == life.Slot).OrderBy(skew => skew.From).ToArray();
        var least = TimeSpan.MaxValue;
        var most = TimeSpan.MinValue;
        for (var i = -1; i < set.Length; i++)
        {
            var begins = i < 0 ? 0 : set[i].From;
            var ends = i + 1 < set.Length ? set[i + 1].To : long.MaxValue;
            if (begins <= to && ends >= from)
            {
                var skew = i < 0 ? TimeSpan.Zero : set[i].Skew;
                least = skew < least ? skew : least;
                most = skew > most ? skew : most;
            }
        }

        return (least, most);
    }

    /// <summary>Gets the answer whose text a caller got.</summary>
    public Answer? AnswerOf(Operation operation) => operation.Text is { } text && AnswerText.Read(text) is { } read ? _answers.GetValueOrDefault(read.Number) : null;
}
