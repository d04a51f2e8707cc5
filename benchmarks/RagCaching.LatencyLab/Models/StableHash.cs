namespace RagCaching.LatencyLab.Models;

/// <summary>Hashes text the same way in every process, which <see cref="string.GetHashCode()"/> does not.</summary>
internal static class StableHash
{
    private const uint FnvOffset = 2166136261;
    private const uint FnvPrime = 16777619;

    public static uint Of(char kind, ReadOnlySpan<char> text)
    {
        var hash = (FnvOffset ^ kind) * FnvPrime;
        foreach (var character in text)
        {
            hash = (hash ^ character) * FnvPrime;
        }

        // FNV-1a leaves neighbouring texts in neighbouring buckets; this finaliser (MurmurHash3) spreads them.
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
