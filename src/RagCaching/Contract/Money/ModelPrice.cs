namespace RagCaching;

/// <summary>What the tokens of one model cost.</summary>
public sealed class ModelPrice
{
    /// <summary>Gets or sets the id of the model, as the provider names it in its responses.</summary>
    /// <value>Not blank in configuration; compared without regard to case. Not read where an <see cref="IModelPrices"/> returns the price.</value>
    public string Model { get; set; } = "";

    /// <summary>Gets or sets the price of a million input tokens; for an embedding model, of a million tokens that are embedded.</summary>
    /// <value>At least 0 and at most 1,000,000, in a currency of your own; default 0. The same currency for all models.</value>
    public decimal InputPerMillionTokens { get; set; }

    /// <summary>Gets or sets the price of a million output tokens.</summary>
    /// <value>At least 0 and at most 1,000,000, in the same currency; default 0.</value>
    public decimal OutputPerMillionTokens { get; set; }

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal ModelPrice Copy() => (ModelPrice)MemberwiseClone();
}
