using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.Sqlite.Contract;
using RagCaching.Sqlite.Files;
using RagCaching.Sqlite.Leases;
using RagCaching.Sqlite.Reading;
using RagCaching.Sqlite.Writing;

namespace RagCaching;

/// <summary>A journal in a SQLite file, for one process or for several on one machine.</summary>
/// <remarks>
/// <para>
/// Write-ahead logging; one transaction a batch. Every row has checksums over everything in it, since SQLite's own check does not see changed bytes inside of values; a damaged row is left out and counted. Other
/// processes see a change after <see cref="SqliteJournalOptions.PollInterval"/> and a few milliseconds.
/// </para>
/// <para>A file of another application, of a later version, or of hosts with another key or embedding model is refused when it is opened, and not changed. Thread-safe.</para>
/// </remarks>
public sealed class SqliteVectorJournal : IVectorJournal, IJournalLeases
{
    private readonly SqliteJournalOptions _options;
    private readonly TimeProvider _time;
    private readonly SqliteFile _file;
    private readonly long _origin = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) | 1;
    private readonly Lock _writing = new();
    private readonly Lock _following = new();
    private readonly Lock _reading = new();
    private JournalFileWriter? _writer;
    private JournalFileReader? _follower;
    private JournalFileReader? _reader;
    private long _seen;
    private bool _disposed;

    /// <summary>Creates a journal. The file is opened by <see cref="OpenAsync"/>.</summary>
    /// <param name="options">The settings. Read once.</param>
    /// <param name="services">Provides a <see cref="TimeProvider"/>. Optional.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="OptionsValidationException">A setting is out of range.</exception>
    public SqliteVectorJournal(SqliteJournalOptions options, IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var check = new SqliteJournalOptionsRules().Validate(Options.DefaultName, options);
        if (check.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(SqliteJournalOptions), check.Failures);
        }

        _options = options;
        _time = services?.GetService<TimeProvider>() ?? TimeProvider.System;
        _file = new SqliteFile(options);
    }

    /// <inheritdoc/>
    public string Engine => "SQLite";

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The journal was disposed.</exception>
    public ValueTask<JournalPosition> OpenAsync(JournalIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new(Writer().Open(identity));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The journal was disposed.</exception>
    public ValueTask<IReadOnlyList<JournalReceipt>> AppendAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new(Writer().Append(changes));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The journal was disposed.</exception>
    public ValueTask<JournalPage> ReadSnapshotAsync(string? cursor, int maxEntries, bool withPayloads, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxEntries);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_following)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new(Follower().ReadPage(cursor, maxEntries, withPayloads));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The journal was disposed.</exception>
    public ValueTask<JournalChanges> ReadChangesAsync(JournalPosition after, int maxChanges, bool withPayloads, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxChanges);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_following)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var follower = Follower();

            // Asked before the reading: a change during it wakes the next wait.
            _seen = follower.DataVersion();
            return new(follower.ReadChanges(after, maxChanges, withPayloads));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The journal was disposed.</exception>
    public async ValueTask WaitForChangesAsync(JournalPosition after, TimeSpan atMost, CancellationToken cancellationToken = default)
    {
        var started = _time.GetTimestamp();
        Sweep();
        while (!HasChanged() && _time.GetElapsedTime(started) < atMost)
        {
            await Task.Delay(_options.PollInterval, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The journal was disposed.</exception>
    public ValueTask<VectorEntry?> ReadAsync(string partition, string id, bool withVector, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_reading)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _reader ??= new JournalFileReader(_file.Open(), _options, _time, _origin);
            return new(_reader.ReadEntry(partition, id, withVector));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The journal was disposed.</exception>
    public ValueTask<string?> TryAcquireLeaseAsync(string name, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new(Writer().InTransaction((transaction, now) => LeaseTable.TryAcquire(transaction, name, now, duration)));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The journal was disposed.</exception>
    public ValueTask<bool> IsLeasedAsync(string name, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new(Writer().InTransaction((transaction, now) => LeaseTable.IsHeld(transaction, name, now)));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The journal was disposed.</exception>
    public ValueTask ReleaseLeaseAsync(string name, string token, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Writer().InTransaction((transaction, _) => LeaseTable.Release(transaction, name, token));
            return default;
        }
    }

    /// <summary>Closes the file.</summary>
    /// <returns>A completed task.</returns>
    public ValueTask DisposeAsync()
    {
        lock (_writing)
        {
            lock (_following)
            {
                lock (_reading)
                {
                    _disposed = true;
                    _writer?.Dispose();
                    _follower?.Dispose();
                    _reader?.Dispose();
                    (_writer, _follower, _reader) = (null, null, null);
                }
            }
        }

        return default;
    }

    private JournalFileWriter Writer() => _writer ??= new JournalFileWriter(_file.Open(), _options, _time, _origin);

    private JournalFileReader Follower() => _follower ??= new JournalFileReader(_file.Open(), _options, _time, _origin);

    private bool HasChanged()
    {
        lock (_following)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return Follower().DataVersion() != _seen;
        }
    }

    private void Sweep()
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Writer().SweepIfDue();
        }
    }
}
