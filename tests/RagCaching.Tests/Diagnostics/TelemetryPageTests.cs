using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using RagCaching.Diagnostics;
using RagCaching.Pipeline.Diagnostics;
using RagCaching.Tests.Documentation;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Diagnostics;

/// <summary>The page about telemetry lists what is emitted, and nothing else.</summary>
public sealed class TelemetryPageTests
{
    private static readonly Dictionary<string, string> Shorthands = new(StringComparer.Ordinal)
    {
        ["name"] = TelemetryNames.Tags.CacheName,
        ["kind"] = TelemetryNames.Tags.CacheKind,
        ["result"] = TelemetryNames.Tags.Result,
        ["reason"] = TelemetryNames.Tags.Reason,
    };

    [Fact]
    public void Page_TableOfInstruments_IsWhatIsEmitted()
    {
        var emitted = Emit().Select(found => $"{found.Key.Name} | {KindOf(found.Key)} | {string.Join(", ", found.Value.Keys.Order(StringComparer.Ordinal))}");

        Assert.Equal(Documented().Order(StringComparer.Ordinal), emitted.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Page_TableOfOperations_IsWhatCanFail()
    {
        var lines = File.ReadAllLines(Path.Combine(DocumentationTests.Root, "docs/telemetry.md")).SkipWhile(line => !line.StartsWith("| Operation |", StringComparison.Ordinal));
        var documented = lines.Skip(2).TakeWhile(line => line.StartsWith('|')).SelectMany(line => line.Split('|')[1].Split(',')).Select(operation => operation.Trim(' ', '`'));

        var operations = typeof(TelemetryNames.Operations).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(operations.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Histogram_Each_AdvisesItsBuckets()
    {
        var histograms = Emit().Keys.Where(instrument => KindOf(instrument).StartsWith("histogram", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(histograms);
        Assert.All(histograms, histogram => Assert.True(
            (histogram as Histogram<double>)?.Advice?.HistogramBucketBoundaries?.Count > 5 || (histogram as Histogram<int>)?.Advice?.HistogramBucketBoundaries?.Count > 5, histogram.Name));
    }

    private static IEnumerable<string> Documented()
    {
        var lines = File.ReadAllLines(Path.Combine(DocumentationTests.Root, "docs/telemetry.md")).SkipWhile(line => !line.StartsWith("| Instrument |", StringComparison.Ordinal));
        foreach (var line in lines.Skip(2).TakeWhile(line => line.StartsWith('|')))
        {
            var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
            var tags = cells[2].Split(',', StringSplitOptions.TrimEntries).Select(tag => Shorthands.GetValueOrDefault(tag, tag.Trim('`'))).Order(StringComparer.Ordinal);
            yield return $"{cells[0].Trim('`')} | {cells[1].Replace("`", "", StringComparison.Ordinal)} | {string.Join(", ", tags)}";
        }
    }

    private static string KindOf(Instrument instrument) => instrument switch
    {
        Histogram<double> or Histogram<int> => "histogram",
        Counter<long> or Counter<double> => "counter",
        ObservableUpDownCounter<long> or UpDownCounter<double> => "up-down counter",
        ObservableGauge<double> or Gauge<int> => "gauge",
        _ => instrument.GetType().Name,
    } + $", {instrument.Unit}";

    private static ConcurrentDictionary<Instrument, ConcurrentDictionary<string, bool>> Emit()
    {
        var emitted = new ConcurrentDictionary<Instrument, ConcurrentDictionary<string, bool>>();
        using var meters = new TestMeterFactory();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters))
                {
                    emitted[instrument] = [];
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        listener.Start();

        var services = new TestServices().Add<IMeterFactory>(meters);
        UseCache(new CacheTelemetry(TelemetryNames.Kinds.Response, "page", services));
        UseBudget(new ErrorBudgetTelemetry("page", services));
        UseFailSafe(new FailSafeTelemetry("page", services));
        UseMoney(new MoneyTelemetry("page", services));
        UseStore(new StoreTelemetry("page", services));
        new ToolTelemetry(services).Called("read", "bypass", "Null");
        UsePipeline(new PipelineTelemetry("page", services, NullLogger.Instance));
        listener.RecordObservableInstruments();
        return emitted;

        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                emitted[instrument].TryAdd(tag.Key, true);
            }
        }
    }

    private static void UseCache(CacheTelemetry telemetry)
    {
        telemetry.Requested("hit", "ExactHit");
        telemetry.LookedUp(TimeSpan.FromSeconds(1), "hit");
        telemetry.Compared(0.9, "hit", "SemanticHit");
        telemetry.Failed("read", "circuit_open");
        telemetry.GuardRefused("lexical", "Number");
        telemetry.Refused("TooLarge");
        telemetry.Saved("chat", calls: 1, inputTokens: 1, outputTokens: 1);
        telemetry.ReportSizeOf(Size.Instance);
    }

    private static void UseBudget(ErrorBudgetTelemetry telemetry)
    {
        telemetry.Compared(AnswerComparison.Same);
        telemetry.Audited(AnswerComparison.Same);
        telemetry.Tripped();
    }

    private static void UseFailSafe(FailSafeTelemetry telemetry)
    {
        telemetry.Served("ModelFailed");
        telemetry.Refreshed(succeeded: true);
        telemetry.Breaker(isOpen: true);
    }

    private static void UseMoney(MoneyTelemetry telemetry)
    {
        telemetry.Spent(SpendingPurpose.Embedding, "model", 1, 1, 1);
        telemetry.Saved("model", 1);
        telemetry.SavedTime("model", TimeSpan.FromSeconds(1));
        telemetry.HeldOut(AnswerComparison.Same);
    }

    private static void UseStore(StoreTelemetry telemetry)
    {
        telemetry.Searched("all", 1);
        telemetry.Evicted("capacity");
    }

    private static void UsePipeline(PipelineTelemetry telemetry)
    {
        telemetry.CacheAsked("retrieval", "hit");
        telemetry.CacheFailed("retrieval", new IOException());
        telemetry.RerankerFailed("reranker", new IOException(), activity: null);
        telemetry.RetrieverFailed("documents", new TimeoutException(), activity: null);
        telemetry.Escalated("small", "large");
        telemetry.Answered(
            new RagAnswer { Text = "", Outcome = SemanticCacheOutcome.Miss, Chunks = [], Timings = new RagTimings { Total = TimeSpan.FromSeconds(1), Retrieval = TimeSpan.FromSeconds(1) } }, activity: null);
    }

    private sealed class Size : ICacheSize
    {
        public static readonly Size Instance = new();

        public long Entries => 1;

        public long? Bytes => 1;

        public double? IndexAge => 1;
    }
}
