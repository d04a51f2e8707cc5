using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace RagCaching.Onnx.Diagnostics;

/// <summary>Counts and logs what one encoder does. Nothing here throws. Thread-safe.</summary>
internal sealed class EncoderTelemetry
{
    public const string Truncations = "ragcaching.encoder.truncations";
    public const string Duration = "ragcaching.encoder.run.duration";
    private const string ModelTag = "gen_ai.request.model";
    private const string Category = "RagCaching.Onnx";

    // Used where the host has no IMeterFactory; it lives as long as the process and so is never disposed.
    private static readonly Meter SharedMeter = new(RagCachingDiagnostics.MeterName, Version);

    // Without this advice a collector uses boundaries for milliseconds, and every run falls into the first.
    private static readonly InstrumentAdvice<double> RunSeconds = new() { HistogramBucketBoundaries = [0.001, 0.002, 0.003, 0.004, 0.005, 0.0075, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1] };

    private readonly KeyValuePair<string, object?> _model;
    private readonly Counter<long> _truncations;
    private readonly Histogram<double> _duration;
    private readonly ILogger _logger;
    private long _truncated;

    /// <summary>Creates the instruments, or finds those that exist.</summary>
    /// <param name="modelId">The name of the model.</param>
    /// <param name="services">Where an <see cref="IMeterFactory"/> and an <see cref="ILoggerFactory"/> may be.</param>
    public EncoderTelemetry(string modelId, IServiceProvider? services)
    {
        var meter = services?.GetService<IMeterFactory>()?.Create(new MeterOptions(RagCachingDiagnostics.MeterName) { Version = Version }) ?? SharedMeter;
        _model = new(ModelTag, modelId);
        _truncations = meter.CreateCounter<long>(Truncations, "{text}", "Texts whose end an encoder did not read, since they have more tokens than it takes.");
        _duration = meter.CreateHistogram<double>(Duration, "s", "Time that one run of an encoder took, for a question or a batch of texts, with the wait for a turn.", tags: null, RunSeconds);
        _logger = services?.GetService<ILoggerFactory>()?.CreateLogger(Category) ?? NullLogger.Instance;
    }

    /// <summary>Gets how many texts were cut off.</summary>
    public long Truncated => Interlocked.Read(ref _truncated);

    private static string? Version => typeof(EncoderTelemetry).Assembly.GetName().Version?.ToString(3);

    /// <summary>Reports a model that was opened.</summary>
    public void Opened(OpenedModel model, TimeSpan duration) => Quietly(() =>
        EncoderLog.Opened(_logger, (string)_model.Value!, model.Dimensions, model.Pooling, model.MaxTokens, (long)duration.TotalMilliseconds));

    /// <summary>Gets the time now, if anybody wants to know how long runs take.</summary>
    public long Start() => _duration.Enabled ? Stopwatch.GetTimestamp() : 0;

    /// <summary>Reports a run.</summary>
    /// <param name="start">What <see cref="Start"/> gave.</param>
    public void Ran(long start)
    {
        if (start != 0)
        {
            Quietly(() => _duration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, _model));
        }
    }

    /// <summary>Reports texts that were cut off.</summary>
    public void Cut(long texts, int maxTokens)
    {
        var isFirst = Interlocked.Add(ref _truncated, texts) == texts;
        Quietly(() =>
        {
            _truncations.Add(texts, _model);
            if (isFirst)
            {
                EncoderLog.FirstTruncation(_logger, (string)_model.Value!, maxTokens);
            }
        });
    }

    // Listeners and loggers run inside of these calls. One that throws must not cost a caller a vector; there is nobody to tell but a debugger.
    private static void Quietly(Action report)
    {
        try
        {
            report();
        }
        catch (Exception exception)
        {
            Debug.WriteLine(exception);
        }
    }
}
