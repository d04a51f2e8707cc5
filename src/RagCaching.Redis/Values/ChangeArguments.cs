using StackExchange.Redis;

namespace RagCaching.Redis.Values;

/// <summary>Writes changes as arguments of the script that appends them.</summary>
internal static class ChangeArguments
{
    public static void Add(List<RedisValue> arguments, JournalChange change)
    {
        arguments.Add((int)change.Kind);
        switch (change.Kind)
        {
            case JournalChangeKind.Upsert:
                var entry = change.Entry ?? throw new ArgumentException("An upsert has no entry.", nameof(change));
                arguments.Add(EntryRef.Of(entry.Partition, entry.Id));

                // More than a script can count means: everything is known.
                arguments.Add(change.BasedOn > 1L << 50 ? "" : change.BasedOn);
                arguments.Add(change.BasedOnIncarnation ?? "");
                arguments.Add(EntryValue.Digits(entry.CreatedAt.UtcTicks));
                arguments.Add(Milliseconds(entry.ExpiresAt));
                arguments.Add(LabelList.Encode(entry.Labels));
                arguments.Add(entry.Metadata);
                arguments.Add(EntryValue.EncodeRest(entry));
                break;
            case JournalChangeKind.SetMetadata:
                arguments.Add(EntryRef.Of(change.Partition, change.Id));
                arguments.Add(EntryValue.Digits(change.CreatedAt.UtcTicks));
                arguments.Add(change.Content);
                break;
            case JournalChangeKind.Remove:
                arguments.Add(EntryRef.Of(change.Partition, change.Id));
                break;
            case JournalChangeKind.RemoveWhere:
                arguments.Add(change.Filter!.Partition is { } partition ? "=" + partition : "");
                arguments.Add(change.Filter.CreatedBefore is { } limit ? EntryValue.Digits(limit.UtcTicks) : "");
                arguments.Add(LabelList.Encode(change.Filter.Labels));
                break;
            default:
                arguments.Add(change.Partition);
                arguments.Add(change.Content);
                break;
        }
    }

    /// <summary>Writes a time as the scripts count it.</summary>
    public static long Milliseconds(DateTimeOffset time) => Math.Min(time.ToUnixTimeMilliseconds(), 1L << 48);
}
