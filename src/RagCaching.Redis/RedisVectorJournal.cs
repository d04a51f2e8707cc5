using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.Redis.Contract;
using RagCaching.Redis.Reading;
using RagCaching.Redis.Scripts;
using RagCaching.Redis.Values;
using StackExchange.Redis;

namespace RagCaching;

/// <summary>A journal in Redis 6.2 or later, Valkey, or what speaks their language, for any number of instances.</summary>
/// <remarks>
/// <para>
/// An entry, its indexes and the record of the change are written by one script, in one step. Changes are a stream, trimmed by length; a reader that comes too late loads everything again. Entries have a time to live
/// on the server, too; what the server evicts is a miss. After a reconnection to a server with another replication id (a replica that took over, a restart) everything is loaded again, since such a server may lack
/// the last changes.
/// </para>
/// <para>
/// Commands used: EVALSHA, EVAL, SCRIPT, GET, MGET, SET, DEL, EXISTS, GETRANGE, HGET, HSET, HMGET, HINCRBY, ZADD, ZREM, ZSCORE, ZRANGE, ZREVRANGE, ZRANGEBYSCORE, ZREVRANGEBYSCORE, SADD, SREM, SINTER, XADD, XRANGE, XTRIM,
/// PUBLISH, SUBSCRIBE, UNSUBSCRIBE, PING, INFO (optional), all on keys that begin with the name in braces. Thread-safe.
/// </para>
/// </remarks>
public sealed class RedisVectorJournal : IVectorJournal, IJournalLeases
{
    private const int Format = 1;

    private readonly RedisJournalOptions _options;
    private readonly JournalServer _server;
    private readonly JournalReader _reader;
    private readonly TimeProvider _time;
    private readonly string _origin;

    /// <summary>Creates a journal. The server is reached by <see cref="OpenAsync"/>.</summary>
    /// <param name="options">The settings. Read once.</param>
    /// <param name="services">Provides a <see cref="TimeProvider"/>. Optional.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="OptionsValidationException">A setting is out of range.</exception>
    public RedisVectorJournal(RedisJournalOptions options, IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var check = new RedisJournalOptionsRules().Validate(Options.DefaultName, options);
        if (check.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(RedisJournalOptions), check.Failures);
        }

        _options = options;
        _time = services?.GetService<TimeProvider>() ?? TimeProvider.System;
        _origin = EntryValue.Digits((BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue) | 1);
        _server = new JournalServer(options);
        _reader = new JournalReader(_server, _time, _origin);
    }

    /// <inheritdoc/>
    public string Engine => "Redis";

    /// <inheritdoc/>
    public async ValueTask<JournalPosition> OpenAsync(JournalIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var database = await _server.DatabaseAsync(cancellationToken).ConfigureAwait(false);
        var state = (RedisValue[]?)await database.ScriptEvaluateAsync(
            ScriptText.Open,
            [_server.Keys.State, _server.Keys.ByVersion],
            [Guid.NewGuid().ToString("N"), identity.KeyCheck, identity.EmbeddingModel ?? "", identity.Dimensions?.ToString(CultureInfo.InvariantCulture) ?? "", Format]).ConfigureAwait(false);
        ThrowIfOthers(identity, state!);
        return new JournalPosition(state![0].ToString(), (long)state[1]);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<JournalReceipt>> AppendAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var database = await _server.DatabaseAsync(cancellationToken).ConfigureAwait(false);
        await _server.HistoryAsync(cancellationToken).ConfigureAwait(false);
        List<RedisValue> arguments = [_server.Keys.Prefix, ChangeArguments.Milliseconds(_time.GetUtcNow()), _origin, _options.KeptChanges, _server.Keys.Channel.ToString()];
        foreach (var change in changes)
        {
            ChangeArguments.Add(arguments, change);
        }

        var results = (RedisValue[]?)await database.ScriptEvaluateAsync(
            ScriptText.Append, [_server.Keys.State, _server.Keys.ByVersion, _server.Keys.ByExpiry, _server.Keys.Changes], [.. arguments]).ConfigureAwait(false);
        return [.. results!.Chunk(3).Select(result => new JournalReceipt((long)result[0], (int)result[1] != 0, (long)result[2]))];
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
        // Asked for before the look, so that what comes between is not missed.
        var news = _server.News;
        var database = await _server.DatabaseAsync(cancellationToken).ConfigureAwait(false);
        var version = await database.HashGetAsync(_server.Keys.State, "version").ConfigureAwait(false);
        if (!version.IsNull && (long)version == after.Version)
        {
            await Task.WhenAny(news, Task.Delay(atMost, _time, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public ValueTask<VectorEntry?> ReadAsync(string partition, string id, bool withVector, CancellationToken cancellationToken = default) =>
        _reader.ReadEntryAsync(partition, id, withVector, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<string?> TryAcquireLeaseAsync(string name, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        var database = await _server.DatabaseAsync(cancellationToken).ConfigureAwait(false);
        var token = Guid.NewGuid().ToString("N");
        return await database.StringSetAsync(_server.Keys.Lease(name), token, duration, when: When.NotExists).ConfigureAwait(false) ? token : null;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> IsLeasedAsync(string name, CancellationToken cancellationToken = default) =>
        await (await _server.DatabaseAsync(cancellationToken).ConfigureAwait(false)).KeyExistsAsync(_server.Keys.Lease(name)).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask ReleaseLeaseAsync(string name, string token, CancellationToken cancellationToken = default) =>
        await (await _server.DatabaseAsync(cancellationToken).ConfigureAwait(false)).ScriptEvaluateAsync(ScriptText.Release, [_server.Keys.Lease(name)], [token]).ConfigureAwait(false);

    /// <summary>Closes the connection, if it is the journal's own.</summary>
    /// <returns>A task that completes when it is closed.</returns>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void ThrowIfOthers(JournalIdentity identity, RedisValue[] state)
    {
        if ((int)state[7] > Format)
        {
            throw new JournalMismatchException(
                $"{nameof(RedisJournalOptions)}.{nameof(_options.Name)}: '{_options.Name}' has format {state[7]}, but this version of RagCaching.Redis knows formats up to {Format}. Update the package, or choose another name; nothing was changed.");
        }

        if (state[4] != identity.KeyCheck)
        {
            throw new JournalMismatchException(
                $"{nameof(RagCachingKeyOptions)}.{nameof(RagCachingKeyOptions.KeySecret)}: the journal '{_options.Name}' belongs to hosts with another secret (its check is {state[4]}, that of this host is {identity.KeyCheck}). Set the secret of those hosts, or choose another {nameof(RedisJournalOptions)}.{nameof(_options.Name)}.");
        }

        if (state[5].ToString() is { Length: > 0 } model && identity.EmbeddingModel is { } ownModel && model != ownModel)
        {
            throw new JournalMismatchException(
                $"The embedding model: the journal '{_options.Name}' has vectors of the model '{model}', but this host uses '{ownModel}'. Give each model a name of its own ({nameof(RedisJournalOptions)}.{nameof(_options.Name)}).");
        }

        if (state[6].ToString() is { Length: > 0 } dimensions && identity.Dimensions is { } ownDimensions && dimensions != ownDimensions.ToString(CultureInfo.InvariantCulture))
        {
            throw new JournalMismatchException(
                $"The embedding model: the journal '{_options.Name}' has vectors of {dimensions} dimensions, but this host's model makes {ownDimensions}. Give each model a name of its own ({nameof(RedisJournalOptions)}.{nameof(_options.Name)}).");
        }
    }
}
