using System.Text;
using RagCaching.Testing.Conformance.Checks;
using static RagCaching.Testing.Conformance.Stores.StoreTrial;

namespace RagCaching.Testing.Conformance.Stores;

/// <summary>Many callers use a store at once, and each sees entries whole.</summary>
internal static class SharingChecks
{
    private const int Writers = 4;
    private const int Writes = 50;

    public static ConformanceCheck<VectorStoreSubject>[] All =>
    [
        Check("EveryMember_ManyThreads_EntriesAreSeenWholeAndNoneIsLost", "A store is thread-safe: every reader sees an entry as one write made it, and no write is lost.", async trial =>
        {
            var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(trial, writer), trial.Token)).ToArray();
            var writing = Task.WhenAll(writers);
            await Ending.RunAsync(() => ReadUntilAsync(trial, writing), () => new ValueTask(writing)).ConfigureAwait(false);

            Expect.Equal((Writers * Writes) + 1, await trial.CountAsync(new VectorFilter { Partition = Partition }).ConfigureAwait(false));
        }),
    ];

    private static async Task ReadUntilAsync(StoreTrial trial, Task writing)
    {
        bool isLast;
        do
        {
            isLast = writing.IsCompleted;
            var found = await trial.SearchAsync(new VectorQuery { Partition = Partition, Vector = new float[] { 0, 1 }, Limit = 5, IncludePayload = true }).ConfigureAwait(false);
            IEnumerable<VectorEntry?> seen =
            [
                await trial.GetAsync("shared").ConfigureAwait(false),
                await trial.GetContentAsync("shared").ConfigureAwait(false),
                .. found.Select(match => match.Entry),
                .. await trial.ReadAllAsync(new VectorFilter { Partition = Partition }).ConfigureAwait(false) ?? [],
            ];
            foreach (var entry in seen.OfType<VectorEntry>().Where(entry => entry.Id == "shared"))
            {
                Expect.Equal(Encoding.UTF8.GetString(entry.Metadata.Span), Encoding.UTF8.GetString(entry.Payload.Span), "the payload of an entry, beside its metadata");
            }

            await Task.Yield();
        }
        while (!isLast);
    }

    private static async Task WriteAsync(StoreTrial trial, int writer)
    {
        for (var i = 0; i < Writes; i++)
        {
            var text = Encoding.UTF8.GetBytes($"{writer}/{i}");
            await trial.AddAsync(new VectorEntry { Partition = Partition, Id = "shared", Vector = new float[] { 1, i }, Metadata = text, Payload = text, CreatedAt = trial.Start, ExpiresAt = trial.Start.AddHours(1) }).ConfigureAwait(false);
            await trial.AddAsync(trial.Entry($"{writer}/{i}", [1, 0])).ConfigureAwait(false);
        }
    }
}
