using System.Globalization;

namespace RagCaching.Engines.Tests.Histories;

/// <summary>How long, from which seed and over how many scopes histories are checked.</summary>
internal static class HistoryBudget
{
    public const string SecondsVariable = "RAGCACHING_HISTORY_SECONDS";
    public const string SeedVariable = "RAGCACHING_HISTORY_SEED";
    public const string SeedsVariable = "RAGCACHING_HISTORY_SEEDS";
    public const string ScopesVariable = "RAGCACHING_HISTORY_SCOPES";

    public const string EnginesVariable = "RAGCACHING_HISTORY_ENGINES";

    private const int DefaultSeconds = 5;
    private const int DefaultSeed = 1;
    private const int DefaultScopes = 2_000;

    // Seeds that are asked for one after the other must not repeat each other's plans.
    private const int SeedsApart = 100_000;

    /// <summary>Gets for how long each engine is checked from each seed.</summary>
    public static TimeSpan Time => TimeSpan.FromSeconds(Read(SecondsVariable, DefaultSeconds));

    /// <summary>Gets the engines to check.</summary>
    public static IEnumerable<string> Engines => Environment.GetEnvironmentVariable(EnginesVariable) is { Length: > 0 } names ? names.Split(',') : ["memory", "journal", "sqlite", "redis", "redis-with-data", "postgres"];

    /// <summary>Gets the number of scopes.</summary>
    public static int Scopes => Read(ScopesVariable, DefaultScopes);

    /// <summary>Gets the seeds to begin with.</summary>
    public static IEnumerable<int> Seeds => Enumerable.Range(0, Read(SeedsVariable, 1)).Select(i => Read(SeedVariable, DefaultSeed) + (i * SeedsApart));

    private static int Read(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : otherwise;
}
