using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RagCaching.Internal.Faults;

namespace RagCaching.Diagnostics;

/// <summary>A logger whose failures stay its own: a message that cannot be written must not cost a caller an answer.</summary>
internal sealed class QuietLogger(ILogger inner) : ILogger
{
    /// <summary>Makes the logger of a type out of a host's services; one that says nothing where they have none.</summary>
    public static ILogger From<T>(IServiceProvider? services) => From(typeof(T).FullName!, services);

    /// <summary>Makes the logger of a category out of a host's services; one that says nothing where they have none.</summary>
    public static ILogger From(string category, IServiceProvider? services) => From(category, services?.GetService<ILoggerFactory>());

    /// <summary>Makes the logger of a category; one that says nothing where there is no factory.</summary>
    public static ILogger From(string category, ILoggerFactory? factory) => factory?.CreateLogger(category) is { } logger ? new QuietLogger(logger) : NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => Quietly.Get(static call => call.Inner.IsEnabled(call.Level), (Inner: inner, Level: logLevel), fallback: false);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Quietly.Run(
        static call => call.Inner.Log(call.Level, call.Id, call.State, call.Exception, call.Formatter),
        (Inner: inner, Level: logLevel, Id: eventId, State: state, Exception: exception, Formatter: formatter));
}
