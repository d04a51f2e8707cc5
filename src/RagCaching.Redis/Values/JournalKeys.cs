using StackExchange.Redis;

namespace RagCaching.Redis.Values;

/// <summary>The keys of one journal. The name stands in braces, so that a cluster keeps all of them in one slot and one script may touch them.</summary>
internal sealed class JournalKeys(string name)
{
    public string Prefix { get; } = $"{{{name}}}:";

    public RedisKey State => Prefix + "state";

    public RedisKey ByVersion => Prefix + "versions";

    public RedisKey ByExpiry => Prefix + "expiry";

    public RedisKey Changes => Prefix + "changes";

    public RedisChannel Channel => RedisChannel.Literal(Prefix + "news");

    public RedisKey Entry(string reference) => $"{Prefix}e:{reference}";

    public RedisKey Lease(string lease) => $"{Prefix}g:{lease}";
}
