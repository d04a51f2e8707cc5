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

    private readonly RedisVLEntry _entries = new(options);
    private readonly RedisValue[] _fields = [.. new[] { RedisVLEntry.Prompt, RedisVLEntry.Response }.Concat(options.ScopeFields).Concat(options.TagFields).Distinct(StringComparer.Ordinal).Select(name => (RedisValue)name)];

    public async IAsyncEnumerable<ImportedAnswer> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var servers = connection.GetServers().Where(server => server.IsConnected && !server.IsReplica).ToArray();
        if (servers.Length == 0)
        {
            throw new InvalidOperationException("No primary server of Redis is connected.");
        }

        var number = 0L;
        var page = new List<RedisKey>(PageSize);
        foreach (var server in servers)
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
                    foreach (var answer in await ReadPageAsync(page, number).ConfigureAwait(false))
                    {
                        yield return answer;
                    }

                    number += page.Count;
                    page.Clear();
                }
            }
        }

        foreach (var answer in await ReadPageAsync(page, number).ConfigureAwait(false))
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

    private async Task<IEnumerable<ImportedAnswer>> ReadPageAsync(List<RedisKey> page, long before)
    {
        var read = await Task.WhenAll(page.Select((key, i) => ReadEntryAsync(key, before + i + 1))).ConfigureAwait(false);
        return read.OfType<ImportedAnswer>();
    }

    private async Task<ImportedAnswer?> ReadEntryAsync(RedisKey key, long number)
    {
        var database = connection.GetDatabase(options.Database);
        try
        {
            var lengths = await Task.WhenAll(_fields.Select(field => database.HashStringLengthAsync(key, field))).ConfigureAwait(false);
            if (Array.FindIndex(lengths, length => length > options.MaxRecordLength) is >= 0 and var longest)
            {
                return AnswerMaker.TooLong(number, _fields[longest].ToString(), options.MaxRecordLength);
            }

            var timeToLive = database.KeyTimeToLiveAsync(key);
            var values = await database.HashGetAsync(key, _fields).ConfigureAwait(false);
            var left = await timeToLive.ConfigureAwait(false);
            if (values.All(value => value.IsNull) && !await database.KeyExistsAsync(key).ConfigureAwait(false))
            {
                return null;
            }

            return _entries.Make(number, name => (string?)values[Array.IndexOf(_fields, (RedisValue)name)], left is { } time && time > TimeSpan.Zero ? time : null);
        }
        catch (RedisServerException exception)
        {
            return AnswerMaker.Faulty(number, "key", $"{ImportTally.Shown(key.ToString())} is no hash of RedisVL: {exception.Message}");
        }
    }
}
