using RagCaching.Internal.Faults;

namespace RagCaching.Semantic.Lookups;

/// <summary>Tells, while a lookup is under way, what it is waiting for: if its time runs out, that is what took too long.</summary>
/// <param name="store">What a lookup waits for unless it says otherwise.</param>
internal sealed class LookupProgress(FaultBarrier store)
{
    private volatile FaultBarrier? _other;

    /// <summary>Gets what is being waited for.</summary>
    public FaultBarrier WaitsFor => _other ?? store;

    /// <summary>Takes note that something other than the store is being waited for.</summary>
    public void WaitFor(FaultBarrier operation) => _other = operation;

    /// <summary>Takes note that the store is being waited for again.</summary>
    public void WaitForStore() => _other = null;
}
