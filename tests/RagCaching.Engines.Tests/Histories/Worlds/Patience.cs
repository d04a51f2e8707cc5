namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>When to call off what must come and does not.</summary>
internal static class Patience
{
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
}
