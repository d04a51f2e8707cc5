using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.Postgres.Contract;
using RagCaching.Postgres.Database;
using RagCaching.Postgres.Reading;
using RagCaching.Postgres.Writing;

namespace RagCaching;

/// <summary>A journal in PostgreSQL, for any number of instances.</summary>
/// <remarks>
/// <para>
/// One schema with a few tables. Appending transactions wait for each other, so no commit is overtaken; large batches are copied in binary. Instances are told of changes by <c>NOTIFY</c> and ask anyway once a
/// second, since a notification can be lost. Behind a pooler in transaction mode, switch <see cref="PostgresJournalOptions.UseNotifications"/> off.
/// </para>
/// <para>
/// Rights: <c>CREATE</c> on the database for the first start, or the tables made beforehand; afterwards <c>USAGE</c> on the schema and <c>SELECT, INSERT, UPDATE, DELETE</c> on its tables. Thread-safe.
/// </para>
/// </remarks>
public sealed class PostgresVectorJournal : IVectorJournal, IJournalLeases
{
    private readonly JournalDatabase _database;
    private readonly JournalReader _reader;
    private readonly JournalAppender _appender;
    private readonly ChangeListener _listener;
    private readonly LeaseTable _leases;
    private readonly SemaphoreSlim _appending = new(1, 1);

    /// <summary>Creates a journal. The server is reached by <see cref="OpenAsync"/>.</summary>
    /// <param name="options">The settings. Read once.</param>
    /// <param name="services">Provides a <see cref="TimeProvider"/>. Optional.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="OptionsValidationException">A setting is out of range.</exception>
    public PostgresVectorJournal(PostgresJournalOptions options, IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var check = new PostgresJournalOptionsRules().Validate(Options.DefaultName, options);
        if (check.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(PostgresJournalOptions), check.Failures);
        }

        var time = services?.GetService<TimeProvider>() ?? TimeProvider.System;
        var origin = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) | 1;
        _database = new JournalDatabase(options);
        _reader = new JournalReader(_database, time, origin);
        _appender = new JournalAppender(_database, _reader, options, time, origin);
        _leases = new LeaseTable(_database, time);
        _listener = new ChangeListener(_database, options, time);
    }

    /// <inheritdoc/>
    public string Engine => "PostgreSQL";

    /// <inheritdoc/>
    public ValueTask<JournalPosition> OpenAsync(JournalIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return _database.OpenAsync(identity, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<JournalReceipt>> AppendAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        await _appending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _appender.AppendAsync(changes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _appending.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<JournalPage> ReadSnapshotAsync(string? cursor, int maxEntries, bool withPayloads, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxEntries);
        return _reader.ReadPageAsync(cursor, maxEntries, withPayloads, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<JournalChanges> ReadChangesAsync(JournalPosition after, int maxChanges, bool withPayloads, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxChanges);
        return _reader.ReadChangesAsync(after, maxChanges, withPayloads, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask WaitForChangesAsync(JournalPosition after, TimeSpan atMost, CancellationToken cancellationToken = default)
    {
        await _appending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _appender.SweepIfDueAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _appending.Release();
        }

        await _listener.WaitAsync(after, atMost, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<VectorEntry?> ReadAsync(string partition, string id, bool withVector, CancellationToken cancellationToken = default) =>
        _reader.ReadEntryAsync(partition, id, withVector, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<string?> TryAcquireLeaseAsync(string name, TimeSpan duration, CancellationToken cancellationToken = default) => _leases.TryAcquireAsync(name, duration, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> IsLeasedAsync(string name, CancellationToken cancellationToken = default) => _leases.IsHeldAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask ReleaseLeaseAsync(string name, string token, CancellationToken cancellationToken = default) => _leases.ReleaseAsync(name, token, cancellationToken);

    /// <summary>Closes all connections.</summary>
    /// <returns>A task that completes when they are closed.</returns>
    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync().ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
        _appending.Dispose();
    }
}
