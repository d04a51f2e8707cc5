namespace RagCaching.Money;

/// <summary>Whoever calls models for the sake of a cache: it is found by the code that makes the calls, however deep, and is told what they took.</summary>
/// <param name="ledger">Keeps the accounts.</param>
/// <param name="scopeLabel">The scope whose request it is.</param>
/// <param name="purpose">What the calls are for.</param>
internal sealed class Spender(CacheLedger ledger, string scopeLabel, SpendingPurpose purpose)
{
    private static readonly AsyncLocal<Spender?> Ambient = new();

    /// <summary>Gets or sets for whom models are called in this flow of control; <see langword="null"/> for the host itself. What an async method sets ends with it.</summary>
    public static Spender? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>Counts one call.</summary>
    public void Spent(string? model, long? inputTokens, long? outputTokens) => ledger.Spent(scopeLabel, purpose, model, inputTokens, outputTokens);
}
