namespace RagCaching.AspNetCore.Replies;

/// <summary>What a cache, or one scope of it, has saved and spent since the start.</summary>
internal sealed record MoneyReply
{
    public required long Requests { get; init; }

    /// <summary>Gets a value indicating whether there are prices; without them every cost is 0.</summary>
    public required bool Priced { get; init; }

    public required UseReply Saved { get; init; }

    /// <summary>Gets the seconds in which the answers of hits were generated, for which nobody waited again.</summary>
    public required double SavedSeconds { get; init; }

    public required UseReply Spent { get; init; }

    /// <summary>Gets by how much the bill is smaller than it would be without a cache, in the currency of the prices.</summary>
    public required decimal NetBenefit { get; init; }

    /// <summary>Gets the calls of all scopes whose model has no price although there are prices; <see langword="null"/> where the sender may not see all scopes.</summary>
    public long? UnpricedCalls { get; init; }

    public required IReadOnlyList<ModelReply> Models { get; init; }

    public static MoneyReply? Of(SemanticCacheBalance? balance, long? unpriced, bool isPriced) => balance is null ? null : new()
    {
        Requests = balance.Requests,
        Priced = isPriced,
        Saved = UseReply.Of(balance.Saved),
        SavedSeconds = Math.Round(balance.SavedTime.TotalSeconds, 1),
        Spent = UseReply.Of(balance.Spent),
        NetBenefit = balance.NetBenefit,
        UnpricedCalls = unpriced,
        Models = [.. balance.Models.Select(static model => new ModelReply(
            model.Model, UseReply.Of(model.Saved), UseReply.Of(model.Spent.Values.Aggregate(default(ModelUse), static (sum, use) => sum + use))))],
    };
}

/// <summary>Calls of models, made or not needed.</summary>
internal sealed record UseReply(long Calls, long InputTokens, long OutputTokens, decimal Cost)
{
    public static UseReply Of(ModelUse use) => new(use.Calls, use.InputTokens, use.OutputTokens, use.Cost);
}

/// <summary>What was saved and spent of one model; its name is empty where it is not known.</summary>
internal sealed record ModelReply(string Model, UseReply Saved, UseReply Spent);

/// <summary>What is in a store, of all caches that share it.</summary>
internal sealed record StoreReply(long Entries, long? Bytes, long? Evictions);
