using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagCaching.Pipeline.Faults;
using static RagCaching.Pipeline.Diagnostics.PipelineNames;

namespace RagCaching.Pipeline.Diagnostics;

/// <summary>Counts, times and traces what a pipeline does.</summary>
/// <remarks>Costs a few field reads while nobody listens, and nothing here throws. Thread-safe.</remarks>
internal sealed class PipelineTelemetry
{
    // Without this advice a collector uses boundaries for milliseconds, and every answer falls into the first two buckets.
    private static readonly InstrumentAdvice<double> AnswerSeconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 7.5, 10, 20, 30, 60],
    };

    private static readonly InstrumentAdvice<int> ChunkCounts = new() { HistogramBucketBoundaries = [0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50] };

    private static readonly ActivitySource Activities = new(RagCachingDiagnostics.ActivitySourceName, Version);

    // Used where the host has no IMeterFactory; it lives as long as the process and so is never disposed.
    private static readonly Meter SharedMeter = new(RagCachingDiagnostics.MeterName, Version);

    private bool _mixedVersionsNoted;
    private bool _unknownVersionNoted;
    private bool _retrievalNotSharedNoted;
    private readonly KeyValuePair<string, object?> _name;
    private readonly ILogger _logger;
    private readonly LogPace _pace;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _stageDuration;
    private readonly Histogram<int> _chunks;
    private readonly Counter<long> _retrieverFailures;
    private readonly Counter<long> _escalations;
    private readonly Counter<long> _cacheRequests;
    private readonly Counter<long> _cacheFailures;
    private readonly Counter<long> _rerankerFailures;

    public PipelineTelemetry(string name, IServiceProvider? services, ILogger logger)
    {
        var meter = services?.GetService<IMeterFactory>()?.Create(new MeterOptions(RagCachingDiagnostics.MeterName) { Version = Version }) ?? SharedMeter;
        _name = new(Tags.PipelineName, name);
        _logger = logger;
        _pace = new LogPace(services?.GetService<TimeProvider>() ?? TimeProvider.System);
        _duration = meter.CreateHistogram<double>(Instruments.Duration, "s", "Time from a question to the end of its answer.", tags: null, AnswerSeconds);
        _stageDuration = meter.CreateHistogram<double>(Instruments.StageDuration, "s", "Time that one stage of an answer took.", tags: null, AnswerSeconds);
        _chunks = meter.CreateHistogram<int>(Instruments.Chunks, "{chunk}", "Chunks that a model was given.", tags: null, ChunkCounts);
        _retrieverFailures = meter.CreateCounter<long>(Instruments.RetrieverFailures, "{failure}", "Retrievers that an answer was built without.");
        _escalations = meter.CreateCounter<long>(Instruments.Escalations, "{call}", "Questions that a small model declined and a larger one was asked.");
        _cacheRequests = meter.CreateCounter<long>(Instruments.CacheRequests, "{request}", "Questions to the caches of retrieved chunks and of the reranker's scores.");
        _cacheFailures = meter.CreateCounter<long>(Instruments.CacheFailures, "{failure}", "Failures of these caches; each is a miss.");
        _rerankerFailures = meter.CreateCounter<long>(Instruments.RerankerFailures, "{failure}", "Answers whose chunks stayed in the order of the retrieval.");
    }

    /// <summary>Gets the name of the pipeline.</summary>
    public string Name => (string)_name.Value!;

    private static string? Version => typeof(PipelineTelemetry).Assembly.GetName().Version?.ToString(3);

    public Activity? Start(string span)
    {
        var activity = Quietly(() => Activities.StartActivity(span));
        activity?.SetTag(_name.Key, _name.Value);
        return activity;
    }

    public Activity? StartRetriever(string retriever) => Start(Spans.Retriever)?.SetTag(Tags.Retriever, retriever);

    /// <summary>Reports a retriever that an answer is built without.</summary>
    public void RetrieverFailed(string retriever, Exception exception, Activity? activity)
    {
        var errorType = exception.GetType().Name;
        activity?.SetTag(Tags.ErrorType, errorType).SetStatus(ActivityStatusCode.Error);
        Quietly(() =>
        {
            _retrieverFailures.Add(1, _name, new(Tags.Retriever, retriever), new(Tags.ErrorType, errorType));
            if (_pace.TryPass(PipelineLog.RetrieverFailedId, retriever))
            {
                PipelineLog.RetrieverFailed(_logger, retriever, errorType);
            }

            return 0;
        });
    }

    /// <summary>Reports that a model declined and another one is asked.</summary>
    public void Escalated(string model, string escalatedTo) => Quietly(() =>
    {
        _escalations.Add(1, _name, new(Tags.Model, model));
        PipelineLog.Escalated(_logger, model, escalatedTo);
        return 0;
    });

    /// <summary>Counts a question to one of the pipeline's own caches.</summary>
    /// <param name="kind">One of <see cref="CacheKinds"/>.</param>
    /// <param name="result">One of <see cref="CacheResults"/>.</param>
    public void CacheAsked(string kind, string result)
    {
        if (_cacheRequests.Enabled)
        {
            Quietly(() =>
            {
                _cacheRequests.Add(1, _name, new(Tags.CacheKind, kind), new(Tags.CacheResult, result));
                return 0;
            });
        }
    }

    /// <summary>Reports a failure of one of the pipeline's own caches, which is a miss.</summary>
    public void CacheFailed(string kind, Exception exception) => Quietly(() =>
    {
        var errorType = exception.GetType().Name;
        _cacheFailures.Add(1, _name, new(Tags.CacheKind, kind), new(Tags.ErrorType, errorType));
        if (_pace.TryPass(PipelineLog.CacheFailedId, kind))
        {
            PipelineLog.CacheFailed(_logger, kind, errorType);
        }

        return 0;
    });

    /// <summary>Reports, once, that chunks are not kept because it is unknown who asks.</summary>
    public void RetrievalNotShared() => Quietly(() =>
    {
        if (!Interlocked.Exchange(ref _retrievalNotSharedNoted, true))
        {
            PipelineLog.RetrievalNotShared(_logger);
        }

        return 0;
    });

    /// <summary>Reports a reranker that an answer is built without.</summary>
    public void RerankerFailed(string reranker, Exception exception, Activity? activity)
    {
        var errorType = exception.GetType().Name;
        activity?.SetTag(Tags.ErrorType, errorType).SetStatus(ActivityStatusCode.Error);
        Quietly(() =>
        {
            _rerankerFailures.Add(1, _name, new(Tags.ErrorType, errorType));
            if (_pace.TryPass(PipelineLog.RerankerFailedId))
            {
                PipelineLog.RerankerFailed(_logger, reranker, errorType);
            }

            return 0;
        });
    }

    /// <summary>Reports that chunks could not be compared with each other, so their order stays that of the retrievers.</summary>
    public void NotDiversified(Exception exception) => Quietly(() =>
    {
        if (_pace.TryPass(PipelineLog.NotDiversifiedId))
        {
            PipelineLog.NotDiversified(_logger, exception.GetType().Name);
        }

        return 0;
    });

    /// <summary>Reports an answer that is not stored because its chunks disagree about the version of a source.</summary>
    public void MixedVersions() => Quietly(() =>
    {
        PipelineLog.MixedVersions(_logger);
        if (!Interlocked.Exchange(ref _mixedVersionsNoted, true))
        {
            PipelineLog.MixedVersionsSeen(_logger);
        }

        return 0;
    });

    /// <summary>Reports, once, that one of the chunks of a source has no version and another one has.</summary>
    public void UnknownVersion() => Quietly(() =>
    {
        if (!Interlocked.Exchange(ref _unknownVersionNoted, true))
        {
            PipelineLog.UnknownVersion(_logger);
        }

        return 0;
    });

    /// <summary>Reports that it could not be found out who asks.</summary>
    public void ScopeProviderFailed(Exception exception) => Quietly(() =>
    {
        if (_pace.TryPass(PipelineLog.ScopeProviderFailedId))
        {
            PipelineLog.ScopeProviderFailed(_logger, exception.GetType().FullName!);
        }

        return 0;
    });

    /// <summary>Reports that the small model may have fewer chunks than are chosen.</summary>
    public void SmallModelRarelyFits(int allowed, int chosen) => Quietly(() =>
    {
        PipelineLog.SmallModelRarelyFits(_logger, allowed, chosen);
        return 0;
    });

    /// <summary>Reports a whole answer.</summary>
    public void Answered(RagAnswer answer, Activity? activity)
    {
        var outcome = answer.Outcome.ToString();
        activity?.SetTag(Tags.Outcome, outcome);
        Quietly(() =>
        {
            var outcomeTag = new KeyValuePair<string, object?>(Tags.Outcome, outcome);
            _duration.Record(answer.Timings.Total.TotalSeconds, _name, outcomeTag);
            Record(Stages.Embedding, answer.Timings.Embedding);
            Record(Stages.Lookup, answer.Timings.CacheLookup);
            Record(Stages.Retrieval, answer.Timings.Retrieval);
            Record(Stages.FirstToken, answer.Timings.TimeToFirstToken);
            Record(Stages.Generation, answer.Timings.Generation);
            if (answer.Outcome is SemanticCacheOutcome.Miss or SemanticCacheOutcome.Bypass)
            {
                _chunks.Record(answer.Chunks.Count, _name);
            }

            return 0;

            // A stage that did not happen is not one that took no time.
            void Record(string stage, TimeSpan duration)
            {
                if (duration > TimeSpan.Zero)
                {
                    _stageDuration.Record(duration.TotalSeconds, _name, outcomeTag, new(Tags.Stage, stage));
                }
            }
        });
    }

    // Listeners and loggers run inside of these calls. One that throws must not cost a caller an answer; there is nobody to tell but a debugger.
    private static T? Quietly<T>(Func<T> report) => FaultBarrier.Run<T?>(
        report,
        static exception =>
        {
            Debug.WriteLine(exception);
            return default;
        });
}
