using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Internal.Limits;

namespace RagCaching.Semantic.FailSafe;

/// <summary>Knows whether the model has failed several times in a row, so that callers who can do without it do.</summary>
/// <remarks>Thread-safe. While it fails, one caller in each break tries it nevertheless, and every caller that cannot do without it.</remarks>
internal sealed class ModelHealth
{
    private readonly CircuitBreaker? _breaker;
    private readonly FailSafeTelemetry _telemetry;
    private readonly string _cacheName;
    private readonly ILogger _logger;

    /// <summary>Starts with a model that is well.</summary>
    public ModelHealth(FailSafeSettings settings, string cacheName, FailSafeTelemetry telemetry, TimeProvider time, ILogger logger)
    {
        _breaker = settings.BreakerFailures == 0 ? null : new CircuitBreaker(time, settings.BreakDuration, settings.BreakerFailures);
        _telemetry = telemetry;
        _cacheName = cacheName;
        _logger = logger;
    }

    /// <summary>Gets a value indicating whether the model is left alone.</summary>
    public bool IsDown => _breaker is { IsOpen: true };

    /// <summary>Asks whether a caller that could do without the model should call it; a yes while it is down makes that call the one that finds out whether it is back.</summary>
    public bool TryEnter() => _breaker is null || _breaker.TryEnter();

    /// <summary>Takes note of how a run of a factory ended.</summary>
    /// <param name="failure">What it failed with; <see langword="null"/> for an answer.</param>
    public void Ended(Exception? failure)
    {
        if (failure is null)
        {
            Succeeded();
        }
        else if (failure is not OperationCanceledException { InnerException: not TimeoutException })
        {
            Failed();
        }
    }

    /// <summary>Takes note of a failure.</summary>
    public void Failed()
    {
        if (_breaker is not null && _breaker.Failed(timedOut: false))
        {
            _telemetry.Breaker(isOpen: true);
            Log.ModelDown(_logger, _cacheName);
        }
    }

    private void Succeeded()
    {
        if (_breaker is not null && _breaker.Succeeded())
        {
            _telemetry.Breaker(isOpen: false);
            Log.ModelBack(_logger, _cacheName);
        }
    }
}
