namespace RagCaching;

/// <summary>Calls of models, made or not needed.</summary>
/// <param name="Calls">The number of calls.</param>
/// <param name="InputTokens">Their input tokens, as far as the provider tells them.</param>
/// <param name="OutputTokens">Their output tokens, as far as the provider tells them.</param>
/// <param name="Cost">What they cost by the prices in force at the time of each; 0 for models without a price.</param>
public readonly record struct ModelUse(long Calls, long InputTokens, long OutputTokens, decimal Cost)
{
    /// <summary>Adds two up.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sum of each number.</returns>
    public static ModelUse operator +(ModelUse left, ModelUse right) => left.Add(right);

    /// <summary>Adds another one.</summary>
    /// <param name="other">The other.</param>
    /// <returns>The sum of each number.</returns>
    public ModelUse Add(ModelUse other) => new(Calls + other.Calls, InputTokens + other.InputTokens, OutputTokens + other.OutputTokens, Cost + other.Cost);
}
