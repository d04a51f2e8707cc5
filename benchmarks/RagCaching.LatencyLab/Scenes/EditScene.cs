using RagCaching.LatencyLab.Checks;
using RagCaching.LatencyLab.Techniques;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>A document is edited while it is being asked about: what was answered from its old text is never served again.</summary>
internal static class EditScene
{
    private const string Document = "bulletin.md";
    private const string Before = "8 o'clock";
    private const string After = "9 o'clock";
    private const int Readers = 8;
    private const int RequestsAfterEdit = 25;
    private const int RequestsBeforeEdit = 500;

    private static readonly string[] Questions =
    [
        "When does the support desk open on weekdays?", "When will the support desk open on weekdays?", "At what time does the support desk open on weekdays?",
    ];

    /// <summary>Plays the scene twice: the pipeline is told of the edit, or it compares versions.</summary>
    public static async Task<IReadOnlyList<CheckResult>> RunAsync(Func<Action<IRagCachingBuilder>, TechniqueHost> newHost, TimeProvider time, CancellationToken cancellationToken) =>
    [
        await PlayAsync("A document is edited and InvalidateSourceAsync called: its old text is never served again", newHost, comparesVersions: false, time, cancellationToken),
        await PlayAsync("A document is edited and versions are compared: its old text is never served again", newHost, comparesVersions: true, time, cancellationToken),
    ];

    private static async Task<CheckResult> PlayAsync(
        string what, Func<Action<IRagCachingBuilder>, TechniqueHost> newHost, bool comparesVersions, TimeProvider time, CancellationToken cancellationToken)
    {
        var bulletin = new Bulletin();
        await using var host = newHost(builder => bulletin.AddTo(builder, comparesVersions));
        await bulletin.Documents.AddAsync(Document, Text(Before), cancellationToken: cancellationToken);

        var edited = 0;
        var (old, stale, fresh, hits) = (0, 0, 0, 0);
        var readers = Enumerable.Range(0, Readers).Select(async reader =>
        {
            for (var (i, after) = (0, 0); after < RequestsAfterEdit; i++)
            {
                var isAfter = Volatile.Read(ref edited) == 1;
                var reply = await host.App.AskAsync(Questions[(reader + i) % Questions.Length], cancellationToken);
                after += isAfter ? 1 : 0;
                if (!isAfter && i == RequestsBeforeEdit)
                {
                    throw new LabException($"After {i} requests hardly any answer was built on '{Document}'; the last was: {reply.Text}");
                }

                // A hit comes at once, and eight readers without a pause would leave the editor no processor.
                await Task.Delay(TimeSpan.FromMilliseconds(1), time, cancellationToken);
                Interlocked.Add(ref old, !isAfter && reply.Text.Contains(Before, StringComparison.Ordinal) ? 1 : 0);
                Interlocked.Add(ref stale, isAfter && reply.Text.Contains(Before, StringComparison.Ordinal) ? 1 : 0);
                Interlocked.Add(ref fresh, isAfter && reply.Text.Contains(After, StringComparison.Ordinal) ? 1 : 0);
                Interlocked.Add(ref hits, isAfter && reply.IsHit ? 1 : 0);
            }
        }).ToArray();

        // Only once readers are being served from the cache is there something to go stale.
        while (Volatile.Read(ref old) < Readers * 3 && !readers.Any(reader => reader.IsFaulted))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), time, cancellationToken);
        }

        await bulletin.Documents.AddAsync(Document, Text(After), cancellationToken: cancellationToken);
        if (!comparesVersions)
        {
            await host.App.Pipeline.InvalidateSourceAsync(Document, cancellationToken: cancellationToken);
        }

        Volatile.Write(ref edited, 1);
        await Task.WhenAll(readers);
        return new CheckResult(
            what,
            $"{old} answers from the old text before the edit; after it {stale} stale, {fresh} fresh of {Readers * RequestsAfterEdit}, {hits} of them from the cache",
            stale == 0 && fresh == Readers * RequestsAfterEdit && hits > 0);
    }

    private static string Text(string time) => $"The support desk opens at {time} on weekdays.";
}
