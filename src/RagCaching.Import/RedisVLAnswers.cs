using RagCaching.Import.Databases;
using RagCaching.Import.Json;
using RagCaching.Import.Values;
using StackExchange.Redis;

namespace RagCaching;

/// <summary>Reads questions and answers from a semantic cache of RedisVL, for <see cref="ISemanticCacheTransfer.ImportAnswersAsync"/>.</summary>
/// <remarks>
/// RedisVL keeps an entry in a hash <c>name:id</c> with the fields <c>prompt</c>, <c>response</c>, <c>prompt_vector</c>, <c>inserted_at</c>, <c>updated_at</c>, <c>metadata</c> and those that the cache filters by. Vectors
/// are not read: each question is embedded by the importing cache, whose model may be another. An entry that cannot be taken is yielded as <see cref="ImportedAnswer.Faulty"/>. Thread-safe.
/// </remarks>
public static class RedisVLAnswers
{
    /// <summary>Reads the hashes of a cache from Redis, 64 at a time by SCAN, and changes nothing.</summary>
    /// <param name="connection">The connection. It stays open.</param>
    /// <param name="options">How to read; <see langword="null"/> for the defaults.</param>
    /// <returns>The answers, each with its number in place of a line; one that expires meanwhile may be missing, and SCAN may yield one twice, which the import then stores over itself.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="connection"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="RedisException">While it is enumerated: Redis is not reached.</exception>
    /// <exception cref="InvalidOperationException">While it is enumerated: no primary server is connected, or one of a cluster's is not.</exception>
    public static IAsyncEnumerable<ImportedAnswer> ReadAsync(IConnectionMultiplexer connection, RedisVLOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new RedisVLScan(connection, Checked(options)).ReadAsync(CancellationToken.None);
    }

    /// <summary>Reads entries that were exported as JSON Lines: objects with <c>prompt</c> and <c>response</c>, as RedisVL's <c>check</c> returns them.</summary>
    /// <param name="source">The lines, in UTF-8. They are read once, from where the stream is, and it stays open.</param>
    /// <param name="options">How to read; <see langword="null"/> for the defaults.</param>
    /// <returns>The answers in the order of the lines.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the stream cannot be read.</exception>
    public static IAsyncEnumerable<ImportedAnswer> ReadLinesAsync(Stream source, RedisVLOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.CanRead)
        {
            throw new ArgumentException("The stream cannot be read.", nameof(source));
        }

        var settings = Checked(options);
        return JsonRecords.ReadAsync(source, settings.MaxRecordLength, new RedisVLEntry(settings).Read, CancellationToken.None);
    }

    private static RedisVLOptions Checked(RedisVLOptions? options)
    {
        var settings = options ?? new RedisVLOptions();
        OptionRules.Check(settings);
        ArgumentException.ThrowIfNullOrWhiteSpace(settings.Name, $"{nameof(options)}.{nameof(settings.Name)}");
        ArgumentOutOfRangeException.ThrowIfNegative(settings.Database, $"{nameof(options)}.{nameof(settings.Database)}");
        OptionRules.CheckList(settings.ScopeFields, $"{nameof(options)}.{nameof(settings.ScopeFields)}");
        OptionRules.CheckList(settings.TagFields, $"{nameof(options)}.{nameof(settings.TagFields)}");
        return settings;
    }
}
