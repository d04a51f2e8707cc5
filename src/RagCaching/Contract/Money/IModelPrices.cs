namespace RagCaching;

/// <summary>Tells what the tokens of models cost, so that a cache can say what it saves and what it spends.</summary>
/// <remarks>
/// Must be thread-safe, and quick: it is asked in every hit. If it throws, the failure is counted (operation <c>price</c>) and the call costs nothing. The library has no prices of its own, since they change
/// and differ by contract.
/// </remarks>
public interface IModelPrices
{
    /// <summary>Gets the price of a model.</summary>
    /// <param name="model">The id of the model, as the provider names it in its responses.</param>
    /// <returns>The price; <see langword="null"/> for a model that is not known, which is then looked for in <see cref="SemanticCacheOptions.Prices"/>.</returns>
    ModelPrice? PriceOf(string model);
}
