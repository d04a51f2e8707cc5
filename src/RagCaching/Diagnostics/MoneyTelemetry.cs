using System.Diagnostics;
using System.Diagnostics.Metrics;
using static RagCaching.Diagnostics.TelemetryNames;

namespace RagCaching.Diagnostics;

/// <summary>Counts what a cache spends and earns, by model and purpose; never by scope.</summary>
/// <remarks>Costs a few field reads while nobody listens. Thread-safe.</remarks>
internal sealed class MoneyTelemetry
{
    private readonly KeyValuePair<string, object?> _name;
    private readonly Counter<long> _spentCalls;
    private readonly Counter<long> _spentTokens;
    private readonly Counter<double> _spentCost;
    private readonly Counter<double> _savedCost;
    private readonly Counter<double> _savedTime;
    private readonly UpDownCounter<double> _netBenefit;
    private readonly Counter<long> _holdouts;

    /// <summary>Creates the instruments, or finds those that exist.</summary>
    /// <param name="name">The name of the cache, for hosts with several.</param>
    /// <param name="services">Where an <see cref="IMeterFactory"/> may be.</param>
    public MoneyTelemetry(string name, IServiceProvider? services)
    {
        _name = new(Tags.CacheName, name);
        var meter = Meters.Of(services);
        _spentCalls = meter.CreateCounter<long>(Instruments.SpentCalls, "{call}", "Model calls that were made because there is a cache.");
        _spentTokens = meter.CreateCounter<long>(Instruments.SpentTokens, "{token}", "Tokens of the model calls that were made because there is a cache.");
        _spentCost = meter.CreateCounter<double>(Instruments.SpentCost, "{currency}", "Cost of the model calls that were made because there is a cache.");
        _savedCost = meter.CreateCounter<double>(Instruments.SavedCost, "{currency}", "Cost of the model calls that a hit made unnecessary.");
        _savedTime = meter.CreateCounter<double>(Instruments.SavedTime, "s", "Time in which the answers of hits were generated, for which nobody waited again.");
        _netBenefit = meter.CreateUpDownCounter<double>(Instruments.NetBenefit, "{currency}", "By how much the bill is smaller than it would be without the cache.");
        _holdouts = meter.CreateCounter<long>(Instruments.Holdouts, "{hit}", "Hits that were held out and compared, by what the comparison said.");
    }

    /// <summary>Counts a call that was made.</summary>
    public void Spent(SpendingPurpose purpose, string model, long inputTokens, long outputTokens, decimal cost)
    {
        var purposeTag = new KeyValuePair<string, object?>(Tags.Purpose, purpose.ToString());
        var modelTag = new KeyValuePair<string, object?>(Tags.GenAIModel, model);
        if (_spentCalls.Enabled)
        {
            _spentCalls.Measure(1, new TagList { _name, purposeTag, modelTag });
        }

        if (_spentTokens.Enabled)
        {
            _spentTokens.Measure(inputTokens, new TagList { _name, purposeTag, modelTag, new(Tags.TokenType, "input") });
            _spentTokens.Measure(outputTokens, new TagList { _name, purposeTag, modelTag, new(Tags.TokenType, "output") });
        }

        if (cost == 0)
        {
            return;
        }

        _spentCost.Measure((double)cost, new TagList { _name, purposeTag, modelTag });
        if (purpose != SpendingPurpose.Audit)
        {
            _netBenefit.Measure(-(double)cost, new TagList { _name });
        }
    }

    /// <summary>Counts the cost of a call that was not needed.</summary>
    public void Saved(string model, decimal cost)
    {
        if (cost != 0)
        {
            _savedCost.Measure((double)cost, new TagList { _name, new(Tags.GenAIModel, model) });
            _netBenefit.Measure((double)cost, new TagList { _name });
        }
    }

    /// <summary>Counts the time of a call that was not needed.</summary>
    public void SavedTime(string model, TimeSpan time)
    {
        if (_savedTime.Enabled)
        {
            _savedTime.Measure(time.TotalSeconds, new TagList { _name, new(Tags.GenAIModel, model) });
        }
    }

    /// <summary>Counts a comparison of a hit that was held out.</summary>
    public void HeldOut(AnswerComparison comparison)
    {
        if (_holdouts.Enabled)
        {
            _holdouts.Measure(1, new TagList { _name, new(Tags.Comparison, comparison.ToString()) });
        }
    }
}
