using Microsoft.Data.Sqlite;
using RagCaching.Sqlite.Files;
using RagCaching.Sqlite.Reading;

namespace RagCaching.Sqlite.Writing;

/// <summary>The connection that writes: one transaction for each batch. Not thread-safe.</summary>
internal sealed class JournalFileWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly NameTable _names;
    private readonly NameReader _readNames;
    private readonly StateRow _state;
    private readonly EntryTable _entries;
    private readonly EventTable _events;
    private readonly Sweeper _sweeper;

    public JournalFileWriter(SqliteConnection connection, SqliteJournalOptions options, TimeProvider time, long origin)
    {
        _connection = connection;
        _time = time;
        _names = new NameTable(connection);
        _readNames = new NameReader(connection);
        _state = new StateRow(connection, options);
        _entries = new EntryTable(connection, _names, _readNames, origin);
        _events = new EventTable(connection, _names, _readNames, options, origin);
        _sweeper = new Sweeper(connection, _entries, _events, _names, options.SweepInterval, time);
    }

    /// <summary>Makes or checks the state of the file.</summary>
    /// <exception cref="JournalMismatchException">The file belongs to other hosts.</exception>
    public JournalPosition Open(JournalIdentity identity) => InTransaction(
        (transaction, _) =>
        {
            _state.Check(transaction, identity);
            return _state.Read(transaction).Position;
        });

    /// <summary>Appends changes.</summary>
    public JournalReceipt[] Append(IReadOnlyList<JournalChange> changes) => InTransaction((transaction, now) =>
    {
        var state = _state.Read(transaction);
        var receipts = new JournalReceipt[changes.Count];
        for (var i = 0; i < receipts.Length; i++)
        {
            receipts[i] = Append(transaction, changes[i], ref state, now);
        }

        _state.Write(transaction, _sweeper.SweepIfDue(transaction, state, now));
        return receipts;
    });

    /// <summary>Deletes what has expired, if it is time to.</summary>
    public void SweepIfDue()
    {
        if (!_sweeper.IsDue)
        {
            return;
        }

        InTransaction((transaction, now) =>
        {
            _state.Write(transaction, _sweeper.SweepIfDue(transaction, _state.Read(transaction), now));
            return true;
        });
        _sweeper.Shrink();
    }

    /// <summary>Does something else in a transaction of its own.</summary>
    public TResult InTransaction<TResult>(Func<SqliteTransaction, long, TResult> work)
    {
        try
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            var result = work(transaction, _time.GetUtcNow().UtcTicks);
            transaction.Commit();
            return result;
        }
        catch
        {
            _names.Forget();
            throw;
        }
    }

    public void Dispose()
    {
        _sweeper.Dispose();
        _events.Dispose();
        _entries.Dispose();
        _state.Dispose();
        _readNames.Dispose();
        _names.Dispose();
        _connection.Dispose();
    }

    private JournalReceipt Append(SqliteTransaction transaction, JournalChange change, ref JournalState state, long now)
    {
        var version = state.Version + 1;
        switch (change.Kind)
        {
            case JournalChangeKind.Upsert:
                var entry = change.Entry ?? throw new ArgumentException("An upsert has no entry.", nameof(change));
                if (!state.Position.IsKnownTo(change) || change.BasedOn < state.Trimmed || (change.BasedOn < state.LastRemoval && _events.IsRemoved(transaction, entry, change.BasedOn)))
                {
                    return new JournalReceipt(state.Version, IsRefused: true, Affected: 0);
                }

                _entries.Upsert(transaction, entry, version);
                state = state with { Version = version };
                return new JournalReceipt(version, IsRefused: false, Affected: 1);
            case JournalChangeKind.SetMetadata:
                if (!_entries.SetMetadata(transaction, change, version, now))
                {
                    return new JournalReceipt(state.Version, IsRefused: false, Affected: 0);
                }

                state = state with { Version = version };
                return new JournalReceipt(version, IsRefused: false, Affected: 1);
            case JournalChangeKind.Learn:
                _events.Add(transaction, change, version, now);
                state = state with { Version = version };
                return new JournalReceipt(version, IsRefused: false, Affected: 0);
            default:
                state = state with { Version = version, LastRemoval = version };
                return new JournalReceipt(version, IsRefused: false, Remove(transaction, change, version, now));
        }
    }

    private long Remove(SqliteTransaction transaction, JournalChange change, long version, long now)
    {
        var (partition, labels) = _events.Add(transaction, change, version, now);
        if (change.Kind == JournalChangeKind.Remove)
        {
            return _entries.Delete(transaction, change.Partition, change.Id, now) ? 1 : 0;
        }

        var removed = 0L;
        foreach (var covered in FilterQuery.Find(_connection, transaction, partition, labels, change.Filter!.CreatedBefore?.UtcTicks))
        {
            removed += _entries.Delete(transaction, covered, now) ? 1 : 0;
        }

        return removed;
    }
}
