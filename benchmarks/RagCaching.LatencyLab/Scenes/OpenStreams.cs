using System.Globalization;
using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>Callers that each have a stream open all the time, of a question that nobody has asked before.</summary>
internal sealed class OpenStreams(IChatClient client)
{
    private int _questions;
    private int _ended;
    private int _errors;

    public int Ended => Volatile.Read(ref _ended);

    public int Errors => Volatile.Read(ref _errors);

    /// <summary>Keeps so many streams open until it is stopped; those that are open then are left.</summary>
    public Task RunAsync(int count, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => ReadAsync(stop)));

    private async Task ReadAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
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
