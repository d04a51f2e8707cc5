using System.Collections.Concurrent;

namespace RagCaching.Tests.TestDoubles;

/// <summary>Runs work on threads that start together.</summary>
internal static class Threads
{
    /// <summary>Runs the work and waits for its end; what fails on a thread fails the test.</summary>
    public static void Run(int count, Action<int> work)
    {
        var failures = new ConcurrentQueue<Exception>();
        using var gate = new Barrier(count);
        var threads = Enumerable.Range(0, count).Select(index => new Thread(() =>
        {
            gate.SignalAndWait();
            try
            {
                work(index);
            }
            catch (Exception exception)
            {
                failures.Enqueue(exception);
            }
        })).ToArray();

        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        Assert.Empty(failures);
    }
}
