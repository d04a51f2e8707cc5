using RagCaching.Internal.Faults;

namespace RagCaching.Semantic.Lookups;

/// <summary>The progress of a lookup that is taken down and has no effects.</summary>
internal sealed class TracedProgress(FaultBarrier store, LookupTrace trace) : Lookup.Progress(store)
{
    /// <inheritdoc/>
    public override LookupTrace? Trace => trace;
}
