namespace RagCaching.Tests.TestDoubles;

/// <summary>Counts what calls on this thread allocate.</summary>
internal static class Allocations
{
    private const int Rounds = 200;
    private const int MostBatches = 1_000;

    /// <summary>Counts until a call allocates no more than it should, or has had every chance to.</summary>
    /// <remarks>Code that is compiled anew meanwhile, in the background, allocates less in the end: the least counts, however long the compiler has other things to do.</remarks>
    /// <param name="mostBytes">What a call should allocate at most.</param>
    /// <param name="call">The call, which must not leave the thread.</param>
    /// <returns>The bytes that a call allocated in the best of some batches.</returns>
    public static long BytesPerCall(long mostBytes, Action call)
    {
        var least = long.MaxValue;
        for (var batch = 0; batch < MostBatches && least > mostBytes; batch++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Rounds; i++)
            {
                call();
            }

            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds);
        }

        return least;
    }
}
