using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;

namespace RagCaching.Money;

/// <summary>Keeps the accounts of a cache: what it saves and what it spends, in all and by scope.</summary>
/// <remarks>Accounts of scopes are bounded in number; the oldest is forgotten, and stays in the sum. Thread-safe; a hit allocates nothing here.</remarks>
internal sealed class CacheLedger(PriceBook prices, MoneyTelemetry telemetry, string cache, ILogger logger)
{
    /// <summary>So many scopes have accounts of their own.</summary>
    public const int MostScopes = 1_000;

    /// <summary>So many requests of a scope are waited for before it is said to cost more than it saves, and so many again before the next look.</summary>
    public const int RequestsToJudge = 200;

    private readonly ConcurrentDictionary<string, ScopeAccount> _scopes = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();
    private long _forgotten;

    /// <summary>Gets the account of all scopes.</summary>
    public ScopeAccount Total { get; } = new("");

    /// <summary>Gets how many accounts of scopes were forgotten.</summary>
    public long Forgotten => Interlocked.Read(ref _forgotten);

    /// <summary>Gets the number of calls of models without a price.</summary>
    public long Unpriced => prices.Unpriced;

    /// <summary>Finds the account of a scope; <see langword="null"/> for one that has none, or none any more.</summary>
    public ScopeAccount? Find(string scopeLabel) => _scopes.GetValueOrDefault(scopeLabel);

    /// <summary>Counts a request.</summary>
    public void Requested(string scopeLabel) => Requested(AccountOf(scopeLabel));

    /// <summary>Counts a call that was not needed.</summary>
    public void Saved(string scopeLabel, string? model, long? inputTokens, long? outputTokens) => Saved(AccountOf(scopeLabel), model ?? "", inputTokens ?? 0, outputTokens ?? 0);

    /// <summary>Counts a request, the call that it made unnecessary, and the time that nobody had to wait for it.</summary>
    public void Served(string scopeLabel, string? model, long? inputTokens, long? outputTokens, TimeSpan time)
    {
        var account = AccountOf(scopeLabel);
        Saved(account, model ?? "", inputTokens ?? 0, outputTokens ?? 0);
        Requested(account);
        if (time > TimeSpan.Zero)
        {
            Total.SavedTime(time);
            account.SavedTime(time);
            telemetry.SavedTime(model ?? "", time);
        }
    }

    /// <summary>Counts a call that was made because there is a cache.</summary>
    public void Spent(string scopeLabel, SpendingPurpose purpose, string? model, long? inputTokens, long? outputTokens)
    {
        var (name, input, output) = (model ?? "", inputTokens ?? 0, outputTokens ?? 0);
        var cost = prices.CostOf(name, input, output);
        Total.Of(name).SpentFor(purpose).Add(input, output, cost);
        AccountOf(scopeLabel).Of(name).SpentFor(purpose).Add(input, output, cost);
        telemetry.Spent(purpose, name, input, output, cost);
    }

    private void Requested(ScopeAccount account)
    {
        Total.Requested();
        if (account.Requested() % RequestsToJudge == 0 && prices.HasPrices && account.TryJudge())
        {
            var balance = account.Read();
            Log.CostsMoreThanItSaves(logger, cache, account.Label, balance.Requests, balance.Saved.Cost, balance.Saved.Cost - balance.NetBenefit);
        }
    }

    private void Saved(ScopeAccount account, string model, long inputTokens, long outputTokens)
    {
        var cost = prices.CostOf(model, inputTokens, outputTokens);
        Total.Of(model).Saved.Add(inputTokens, outputTokens, cost);
        account.Of(model).Saved.Add(inputTokens, outputTokens, cost);
        telemetry.Saved(model, cost);
    }

    private ScopeAccount AccountOf(string scopeLabel) => _scopes.TryGetValue(scopeLabel, out var known) ? known : Open(scopeLabel);

    private ScopeAccount Open(string scopeLabel)
    {
        var account = new ScopeAccount(scopeLabel);
        if (!_scopes.TryAdd(scopeLabel, account))
        {
            return _scopes.GetValueOrDefault(scopeLabel, account);
        }

        _order.Enqueue(scopeLabel);
        while (_order.Count > MostScopes && _order.TryDequeue(out var oldest) && _scopes.TryRemove(oldest, out _))
        {
            Interlocked.Increment(ref _forgotten);
        }

        return account;
    }
}
