namespace RagCaching.Money;

/// <summary>Prices that a delegate tells.</summary>
internal sealed class DelegatedPrices(Func<string, ModelPrice?> priceOf) : IModelPrices
{
    public ModelPrice? PriceOf(string model) => priceOf(model);
}
