namespace RagCaching.Semantic.Requests;

/// <summary>Counts requests by outcome and reason. Thread-safe.</summary>
internal sealed class RequestCounts
{
    private readonly long[] _outcomes = new long[Enum.GetValues<SemanticCacheOutcome>().Length];
    private readonly long[] _reasons = new long[Enum.GetValues<SemanticCacheReason>().Length];

    public void Add(SemanticCacheOutcome outcome, SemanticCacheReason reason)
    {
        Interlocked.Increment(ref _outcomes[(int)outcome]);
        if (reason != SemanticCacheReason.None)
        {
            Interlocked.Increment(ref _reasons[(int)reason]);
        }
    }

    public Dictionary<SemanticCacheOutcome, long> Outcomes() => Read<SemanticCacheOutcome>(_outcomes);

    public Dictionary<SemanticCacheReason, long> Reasons() => Read<SemanticCacheReason>(_reasons);

    private static Dictionary<T, long> Read<T>(long[] counts)
        where T : struct, Enum
    {
        // Both enumerations count from 0 without gaps.
        var read = new Dictionary<T, long>();
        foreach (var value in Enum.GetValues<T>())
        {
            var count = Interlocked.Read(ref counts[Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)]);
            if (count > 0)
            {
                read[value] = count;
            }
        }

        return read;
    }
}
