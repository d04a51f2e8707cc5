using System.Collections.Concurrent;

namespace RagCaching.Pipeline.Diagnostics;

/// <summary>Lets one message about a subject through in a minute, so that what fails with every question does not flood the log. Thread-safe.</summary>
internal sealed class LogPace(TimeProvider time)
{
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(int Message, string Subject), long> _last = new();

    /// <summary>Asks whether a message may be written now; a yes counts it.</summary>
    /// <param name="message">The id of the message.</param>
    /// <param name="subject">What it is about: of a few, such as the retrievers of a pipeline.</param>
    public bool TryPass(int message, string subject = "")
    {
        var now = time.GetTimestamp();
        return _last.TryAdd((message, subject), now)
            || (_last.TryGetValue((message, subject), out var last) && time.GetElapsedTime(last, now) >= LeastInterval && _last.TryUpdate((message, subject), now, last));
    }
}
