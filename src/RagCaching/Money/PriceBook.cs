using System.Collections.Concurrent;
using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;

namespace RagCaching.Money;

/// <summary>Finds what calls of models cost: by the host's own prices, then by those of the configuration.</summary>
/// <remarks>What has no price costs nothing, is counted, and is named once in the log. Thread-safe.</remarks>
/// <param name="own">The host's prices, resolved on first use; <see langword="null"/> for none.</param>
/// <param name="configured">Gets the prices of the configuration as they are now.</param>
/// <param name="cache">The name of the cache in messages.</param>
/// <param name="reporting">Where failures are counted.</param>
internal sealed class PriceBook(Lazy<IModelPrices?> own, Func<IList<ModelPrice>> configured, string cache, FaultReporting reporting)
{
    private const decimal Million = 1_000_000;
    private const int MostNames = 64;

    // The exception itself is not logged: it is the host's, and may quote what it likes.
    private readonly FaultBarrier _barrier = new(TelemetryNames.Operations.Price, reporting, static (logger, errorType, _) => Log.PriceFailed(logger, errorType));
    private readonly ConcurrentDictionary<string, bool> _named = new(StringComparer.Ordinal);
    private volatile Book? _book;
    private long _unpriced;

    /// <summary>Gets a value indicating whether there are any prices.</summary>
    public bool HasPrices => configured().Count > 0 || (own.IsValueCreated ? own.Value is not null : _barrier.Run(static own => own.Value is not null, own, fallback: false));

    /// <summary>Gets the number of calls of models without a price, where there are prices.</summary>
    public long Unpriced => Interlocked.Read(ref _unpriced);

    /// <summary>Computes what a call costs.</summary>
    /// <returns>0 for a model without a price.</returns>
    public decimal CostOf(string model, long inputTokens, long outputTokens)
    {
        if (!HasPrices)
        {
            return 0;
        }

        var (isWell, price) = _barrier.Run(static call => (true, call.Book.Find(call.Model)), (Book: this, Model: model), fallback: (false, default(ModelPrice)));
        if (price is null)
        {
            return isWell ? TakeNoteOf(model) : 0;
        }

        if (price.InputPerMillionTokens < 0 || price.OutputPerMillionTokens < 0)
        {
            _barrier.Failed("negative_price");
            return 0;
        }

        return _barrier.Run(
            static call => ((call.Price.InputPerMillionTokens * call.Input) + (call.Price.OutputPerMillionTokens * call.Output)) / Million,
            (Price: price, Input: inputTokens, Output: outputTokens),
            fallback: 0m);
    }

    private ModelPrice? Find(string model) => own.Value?.PriceOf(model) ?? Current().ByModel.GetValueOrDefault(model);

    private Book Current()
    {
        var prices = configured();
        return _book is { } known && ReferenceEquals(known.Prices, prices) && known.Count == prices.Count ? known : _book = Book.Of(prices);
    }

    private decimal TakeNoteOf(string model)
    {
        Interlocked.Increment(ref _unpriced);
        if (_named.Count < MostNames && _named.TryAdd(model, true))
        {
            Log.ModelWithoutPrice(reporting.Logger, cache, model.Length == 0 ? "(not named)" : model);
        }

        return 0;
    }

    private sealed record Book(IList<ModelPrice> Prices, int Count, Dictionary<string, ModelPrice> ByModel)
    {
        public static Book Of(IList<ModelPrice> prices)
        {
            var byModel = new Dictionary<string, ModelPrice>(StringComparer.OrdinalIgnoreCase);
            foreach (var price in prices)
            {
                byModel[price.Model] = price;
            }

            return new Book(prices, prices.Count, byModel);
        }
    }
}
