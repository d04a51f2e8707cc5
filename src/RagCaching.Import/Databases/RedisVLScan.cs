using System.Runtime.CompilerServices;
using System.Text;
using RagCaching.Import.Json;
using RagCaching.Import.Values;
using RagCaching.Semantic.Transfers;
using StackExchange.Redis;

namespace RagCaching.Import.Databases;

/// <summary>Reads the hashes of a cache of RedisVL, page by page, none of whose fields is fetched before its length is known.</summary>
internal sealed class RedisVLScan(IConnectionMultiplexer connection, RedisVLOptions options)
{
    private const int PageSize = 64;

    // Of the values of a page, so much at once, or one entry.
    private const long MostBytes = 1 << 24;

    private readonly RedisVLEntry _entries = new(options);
    private readonly RedisValue[] _fields = [.. new[] { RedisVLEntry.Prompt, RedisVLEntry.Response }.Concat(options.ScopeFields).Concat(options.TagFields).Distinct(StringComparer.Ordinal).Select(name => (RedisValue)name)];

    public async IAsyncEnumerable<ImportedAnswer> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0L;
        var page = new List<RedisKey>(PageSize);
        foreach (var server in RedisPrimaries.Of(connection))
        {
            // SCAN: a page at a time, so that the server answers others meanwhile.
            await foreach (var key in server.KeysAsync(options.Database, $"{Escaped(options.Name)}:*", PageSize).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                // The id of an entry has no colon: it is one of another cache, whose name begins with this one's.
                if (key.ToString().AsSpan(options.Name.Length + 1).Contains(':'))
                {
                    continue;
                }

                page.Add(key);
                if (page.Count == PageSize)
                {
                    await foreach (var answer in ReadPageAsync(page, number).ConfigureAwait(false))
                    {
                        yield return answer;
                    }

                    number += page.Count;
                    page.Clear();
                }
            }
        }

        await foreach (var answer in ReadPageAsync(page, number).ConfigureAwait(false))
        {
            yield return answer;
        }
    }

    // What SCAN's pattern would take for a wildcard.
    private static string Escaped(string name)
    {
        var pattern = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            _ = character is '*' or '?' or '[' or ']' or '\\' or '^' ? pattern.Append('\\').Append(character) : pattern.Append(character);
        }

        return pattern.ToString();
    }

    private async IAsyncEnumerable<ImportedAnswer> ReadPageAsync(List<RedisKey> page, long before)
    {
        var measured = await Task.WhenAll(page.Select((key, i) => MeasureAsync(key, before + i + 1))).ConfigureAwait(false);
        for (var i = 0; i < measured.Length;)
        {
            var (first, bytes) = (i, measured[i].Length);
            for (i++; i < measured.Length && bytes + measured[i].Length <= MostBytes; i++)
            {
                bytes += measured[i].Length;
            }

            foreach (var answer in await Task.WhenAll(measured[first..i].Select(ReadEntryAsync)).ConfigureAwait(false))
            {
                if (answer is not null)
                {
                    yield return answer;
                }
            }
        }
    }

    private async Task<Measured> MeasureAsync(RedisKey key, long number)
    {
        var database = connection.GetDatabase(options.Database);
        try
        {
            var lengths = await Task.WhenAll(_fields.Select(field => database.HashStringLengthAsync(key, field))).ConfigureAwait(false);
            return Array.FindIndex(lengths, length => length > options.MaxRecordLength) is >= 0 and var longest
                ? new Measured(key, number, 0, AnswerMaker.TooLong(number, _fields[longest].ToString(), options.MaxRecordLength))
                : new Measured(key, number, lengths.Sum(), Fault: null);
        }
        catch (RedisServerException exception)
        {
            return new Measured(key, number, 0, NoHash(key, number, exception));
        }
    }

    private async Task<ImportedAnswer?> ReadEntryAsync(Measured entry)
    {
        if (entry.Fault is not null)
        {
            return entry.Fault;
        }

        var database = connection.GetDatabase(options.Database);
        try
        {
            var timeToLive = database.KeyTimeToLiveAsync(entry.Key);
            var values = await database.HashGetAsync(entry.Key, _fields).ConfigureAwait(false);
            var left = await timeToLive.ConfigureAwait(false);
            if (values.All(value => value.IsNull) && !await database.KeyExistsAsync(entry.Key).ConfigureAwait(false))
            {
                return null;
            }

            return _entries.Make(entry.Number, name => (string?)values[Array.IndexOf(_fields, (RedisValue)name)], left is { } time && time > TimeSpan.Zero ? time : null);
        }
        catch (RedisServerException exception)
        {
            return NoHash(entry.Key, entry.Number, exception);
        }
    }

    private static ImportedAnswer NoHash(RedisKey key, long number, RedisServerException exception) =>
        AnswerMaker.Faulty(number, "key", $"{ImportTally.Shown(key.ToString())} is no hash of RedisVL: {exception.Message}");

    private readonly record struct Measured(RedisKey Key, long Number, long Length, ImportedAnswer? Fault);
}
