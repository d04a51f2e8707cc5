namespace RagCaching.Money;

/// <summary>Counts calls, tokens and cost. Thread-safe; without a cost it takes no lock.</summary>
internal sealed class UseCounter
{
    private readonly Lock _lock = new();
    private long _calls;
    private long _inputTokens;
    private long _outputTokens;
    private decimal _cost;

    public void Add(long inputTokens, long outputTokens, decimal cost)
    {
        Interlocked.Increment(ref _calls);
        Add(ref _inputTokens, inputTokens);
        Add(ref _outputTokens, outputTokens);
        if (cost != 0)
        {
            lock (_lock)
            {
                _cost += cost;
            }
        }
    }

    public ModelUse Read()
    {
        lock (_lock)
        {
            return new ModelUse(Interlocked.Read(ref _calls), Interlocked.Read(ref _inputTokens), Interlocked.Read(ref _outputTokens), _cost);
        }
    }

    // Many clients do not tell.
    private static void Add(ref long sum, long tokens)
    {
        if (tokens != 0)
        {
            Interlocked.Add(ref sum, tokens);
        }
    }
}
