using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace RagCaching.Diagnostics;

/// <summary>A logger whose failures stay its own: a message that cannot be written must not cost a caller an answer.</summary>
internal sealed class QuietLogger(ILogger inner) : ILogger
{
    /// <summary>Makes the logger of a type out of a host's services; one that says nothing where they have none.</summary>
    public static ILogger From<T>(IServiceProvider? services) =>
        services?.GetService<ILoggerFactory>()?.CreateLogger(typeof(T).FullName!) is { } logger ? new QuietLogger(logger) : NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception exception)
        {
            System.Diagnostics.Debug.WriteLine(exception);
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception failure)
        {
            System.Diagnostics.Debug.WriteLine(failure);
        }
    }
}
