namespace RagCaching.WarmUp;

/// <summary>Repeats something in rounds until the runtime has nothing more to compile for it.</summary>
/// <remarks>
/// The runtime counts calls only when it has compiled nothing new for a tenth of a second. After thirty counted calls it compiles a method again, for some with counters, and after thirty more without:
/// hence rounds with pauses, and more of them where the processors are busy. The number of rounds is bounded, since the rest of the process compiles as well.
/// </remarks>
/// <param name="repeat">What is repeated.</param>
/// <param name="compiled">Gets the number of methods that were compiled so far.</param>
/// <param name="time">Measures the pauses.</param>
internal sealed class WarmUpRounds(Func<CancellationToken, Task> repeat, Func<long> compiled, TimeProvider time)
{
    /// <summary>The runtime counts to thirty.</summary>
    public const int Repetitions = 32;

    /// <summary>Before so many rounds the runtime may not have begun to count.</summary>
    public const int LeastRounds = 4;

    /// <summary>So many rounds, one after the other, compile nothing new at the end.</summary>
    public const int QuietRounds = 2;

    /// <summary>After so many rounds it ends in any case.</summary>
    public const int MostRounds = 60;

    /// <summary>The pause before each round.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs all rounds.</summary>
    /// <returns>The number of rounds.</returns>
    /// <exception cref="OperationCanceledException">The host stops.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (round, quiet, before) = (0, 0, compiled());
        while (round < MostRounds && (round < LeastRounds || quiet < QuietRounds))
        {
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < Repetitions; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await repeat(cancellationToken).ConfigureAwait(false);
            }

            round++;
            var now = compiled();
            (quiet, before) = (now == before ? quiet + 1 : 0, now);
        }

        return round;
    }
}
