using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace RagCaching.Tests.Protection;

/// <summary>Hears everything that the library says to the outside: logs of all levels with their state, scopes and exceptions, metrics with their tags, and spans with all their data.</summary>
internal sealed class EverythingSaid : ILoggerFactory, ILogger, IDisposable
{
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;
    private readonly IMeterFactory _factory;

    public EverythingSaid(IMeterFactory factory)
    {
        _factory = factory;
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, _factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("RagCaching", StringComparison.Ordinal),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            SampleUsingParentId = static (ref ActivityCreationOptions<string> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Traced,
        };
        ActivitySource.AddActivityListener(_activities);
    }

    /// <summary>Gets what was said, each with where.</summary>
    public ConcurrentQueue<string> Sayings { get; } = new();

    public int Logs { get; private set; }

    public int Measurements { get; private set; }

    public int Spans { get; private set; }

    public void Say(string where, object? what)
    {
        if (what is not null)
        {
            Sayings.Enqueue($"{where}: {Convert.ToString(what, CultureInfo.InvariantCulture)}");
        }
    }

    /// <summary>Takes in the exception of a call, as a host would log it.</summary>
    public void Say(Exception exception) => Say("exception", exception.ToString());

    public void Observe() => _meters.RecordObservableInstruments();

    public ILogger CreateLogger(string categoryName)
    {
        Say("category", categoryName);
        return this;
    }

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Say("scope", state);
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Logs++;
        Say($"log {eventId}", formatter(state, exception));
        Say($"log {eventId} exception", exception);
        foreach (var (name, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            Say($"log {eventId} {name}", value);
        }
    }

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    private void Measured(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Measurements++;
        Say("instrument", $"{instrument.Name} {instrument.Description} {instrument.Unit}");
        foreach (var (name, value) in tags)
        {
            Say($"{instrument.Name} {name}", value);
        }
    }

    private void Traced(Activity activity)
    {
        Spans++;
        Say("span", $"{activity.DisplayName} {activity.OperationName} {activity.StatusDescription}");
        foreach (var (name, value) in activity.TagObjects.Concat(activity.Events.SelectMany(said => said.Tags)).Concat(activity.Links.SelectMany(link => link.Tags ?? [])))
        {
            Say($"span {activity.OperationName} {name}", value);
        }

        foreach (var (name, value) in activity.Baggage)
        {
            Say($"baggage {name}", value);
        }
    }
}
