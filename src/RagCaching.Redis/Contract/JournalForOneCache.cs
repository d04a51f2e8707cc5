namespace RagCaching.Redis.Contract;

/// <summary>Tells journals apart by their servers and names.</summary>
internal sealed class JournalForOneCache() : OneCachePerJournal<RedisJournalOptions>(
    static options => (options.ConnectionFactory ?? (object)options.Configuration, options.Name), nameof(RedisJournalOptions.Name));
