using System.Globalization;
using RagCaching.Redis.Values;
using StackExchange.Redis;

namespace RagCaching.Redis.Reading;

/// <summary>Reads the snapshot, the changes and single entries. Thread-safe.</summary>
internal sealed class JournalReader(JournalServer server, TimeProvider time, string origin)
{
    private const int ValuesAtOnce = 250;

    private int _history = -1;

    /// <summary>Reads a part of the snapshot.</summary>
    public async ValueTask<JournalPage> ReadPageAsync(string? cursor, int maxEntries, bool withPayloads, CancellationToken cancellationToken)
    {
        var database = await server.DatabaseAsync(cancellationToken).ConfigureAwait(false);
        var before = cursor is null ? double.PositiveInfinity : double.Parse(cursor, CultureInfo.InvariantCulture);
        var found = await database.SortedSetRangeByScoreWithScoresAsync(
            server.Keys.ByVersion, stop: before, exclude: Exclude.Stop, order: Order.Descending, take: maxEntries).ConfigureAwait(false);
        var values = await ValuesAsync(database, [.. found.Select(item => item.Element.ToString())]).ConfigureAwait(false);
        var entries = new List<VectorEntry>(found.Length);
        var unreadable = 0;
        var now = time.GetUtcNow();
        for (var i = 0; i < found.Length; i++)
        {
            // What the server has evicted is simply not there.
            if (values[i] is not { } value)
            {
                continue;
            }

            if (Decode(found[i].Element.ToString(), value, withPayloads) is not { } entry)
            {
                unreadable++;
            }
            else if (entry.ExpiresAt > now)
            {
                entries.Add(entry);
            }
        }

        return new JournalPage(entries, found.Length < maxEntries ? null : found[^1].Score.ToString("R", CultureInfo.InvariantCulture), unreadable);
    }

    /// <summary>Reads what has changed.</summary>
    public async ValueTask<JournalChanges> ReadChangesAsync(JournalPosition after, int maxChanges, bool withPayloads, CancellationToken cancellationToken)
    {
        var database = await server.DatabaseAsync(cancellationToken).ConfigureAwait(false);
        var history = await server.HistoryAsync(cancellationToken).ConfigureAwait(false);
        var state = await database.HashGetAsync(server.Keys.State, [new("incarnation"), new("version"), new("trimmed")]).ConfigureAwait(false);
        if (state[0].IsNull)
        {
            throw new InvalidDataException("The journal has lost its state; it has to be opened again.");
        }

        var position = new JournalPosition(state[0].ToString(), (long)state[1]);
        var hasAnotherHistory = Interlocked.Exchange(ref _history, history) is >= 0 and var before && before != history;
        if (hasAnotherHistory || after.Incarnation != position.Incarnation || after.Version < (long)state[2] || after.Version > position.Version)
        {
            return new JournalChanges([], position, IsGap: true);
        }

        if (after.Version == position.Version)
        {
            return new JournalChanges([], position);
        }

        var entries = await database.StreamRangeAsync(server.Keys.Changes, $"{after.Version + 1}-0", "+", maxChanges + 1).ConfigureAwait(false);
        if (entries.Length == 0)
        {
            // The server has evicted the changes and not the state.
            return new JournalChanges([], position, IsGap: true);
        }

        ChangeFields[] changes = [.. entries.Take(maxChanges).Select(ChangeFields.Read)];
        var (records, unreadable) = await RecordsAsync(database, changes, withPayloads).ConfigureAwait(false);
        return new JournalChanges(records, position with { Version = changes[^1].Version }, HasMore: entries.Length > maxChanges, Unreadable: unreadable);
    }

    /// <summary>Reads one entry.</summary>
    public async ValueTask<VectorEntry?> ReadEntryAsync(string partition, string id, bool withVector, CancellationToken cancellationToken)
    {
        var database = await server.DatabaseAsync(cancellationToken).ConfigureAwait(false);
        var value = (byte[]?)await database.StringGetAsync(server.Keys.Entry(EntryRef.Of(partition, id))).ConfigureAwait(false);
        return value is not null && EntryValue.TryDecode(partition, id, value, withPayload: true, withVector) is { } entry && entry.ExpiresAt > time.GetUtcNow() ? entry : null;
    }

    private static VectorEntry? Decode(string reference, byte[] value, bool withPayload) =>
        EntryRef.TryParse(reference, out var partition, out var id) ? EntryValue.TryDecode(partition, id, value, withPayload) : null;

    private async ValueTask<(List<JournalRecord> Records, int Unreadable)> RecordsAsync(IDatabase database, ChangeFields[] changes, bool withPayloads)
    {
        // Of several changes to one entry, the last one counts; of one's own, the entry is here.
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var change in changes.Where(change => change.Kind == JournalChangeKind.Upsert))
        {
            last[change.Reference] = change.Version;
        }

        string[] wanted = [.. changes.Where(change => change.Change is null && change.Origin != origin && last[change.Reference] == change.Version).Select(change => change.Reference)];
        var values = (await ValuesAsync(database, wanted).ConfigureAwait(false)).Zip(wanted).ToDictionary(pair => pair.Second, pair => pair.First, StringComparer.Ordinal);
        var records = new List<JournalRecord>(changes.Length);
        var unreadable = 0;
        foreach (var change in changes)
        {
            var isOwn = change.Origin == origin;
            if (change.Change is { } whole)
            {
                records.Add(new JournalRecord(change.Version, isOwn, whole));
            }
            else if (last[change.Reference] == change.Version && EntryRef.TryParse(change.Reference, out var partition, out var id))
            {
                records.Add(new JournalRecord(change.Version, isOwn, isOwn ? JournalChange.OwnUpsert(partition, id) : ChangeOf(change, partition, id, values[change.Reference], withPayloads, ref unreadable)));
            }
        }

        return (records, unreadable);
    }

    private static JournalChange ChangeOf(ChangeFields change, string partition, string id, byte[]? value, bool withPayloads, ref int unreadable)
    {
        if (value is not null && EntryValue.TryDecode(partition, id, value, withPayloads) is { } entry)
        {
            return JournalChange.Upsert(entry, change.Version);
        }

        // Removed since, evicted, expired, or damaged: in any case it is no more what it was.
        unreadable += value is null ? 0 : 1;
        return JournalChange.Remove(partition, id);
    }

    private async ValueTask<List<byte[]?>> ValuesAsync(IDatabase database, string[] references)
    {
        var values = new List<byte[]?>(references.Length);
        foreach (var part in references.Chunk(ValuesAtOnce))
        {
            values.AddRange((await database.StringGetAsync([.. part.Select(server.Keys.Entry)]).ConfigureAwait(false)).Select(value => (byte[]?)value));
        }

        return values;
    }
}
