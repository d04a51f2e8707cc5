namespace RagCaching.Import.Values;

/// <summary>Makes a scope of parts that a source names.</summary>
internal static class ScopeParts
{
    /// <summary>Makes the scope; <see langword="null"/> where a part is blank: a missing tenant must not become a scope of its own.</summary>
    public static CacheScope? TryMake(ReadOnlySpan<string?> parts)
    {
        foreach (var part in parts)
        {
            if (string.IsNullOrWhiteSpace(part))
            {
                return null;
            }
        }

        return parts.IsEmpty ? null : CacheScope.For(parts!);
    }
}
