using System.Globalization;
using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>Callers that each have a stream open all the time, of a question that nobody has asked before.</summary>
internal sealed class OpenStreams(IChatClient client, TimeProvider time)
{
    private int _questions;
    private int _ended;
    private int _errors;

    public int Ended => Volatile.Read(ref _ended);

    public int Errors => Volatile.Read(ref _errors);

    /// <summary>Keeps so many streams open until it is stopped; those that are open then are left.</summary>
    /// <param name="count">How many.</param>
    /// <param name="over">The time in which they are opened, one after the other: callers do not all come at once.</param>
    /// <param name="stop">Stops it.</param>
    public Task RunAsync(int count, TimeSpan over, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, count).Select(i => ReadAsync(over * i / count, stop)));

    private async Task ReadAsync(TimeSpan wait, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(wait, time, stop);
                wait = TimeSpan.Zero;
                var number = Interlocked.Increment(ref _questions);
                await foreach (var update in client.GetStreamingResponseAsync(string.Create(CultureInfo.InvariantCulture, $"What is said about subject number {number} of the list?"), cancellationToken: stop))
                {
                    _ = update.Text;
                }

                Interlocked.Increment(ref _ended);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The load is over.
            }
            catch (Exception)
            {
                // An application error, which is what is counted here.
                Interlocked.Increment(ref _errors);
            }
        }
    }
}
