namespace RagCaching.Engines.Tests.Histories.Plans;

/// <summary>How the instances of a run are set up.</summary>
internal sealed record Settings
{
    /// <summary>The worker that is no caller.</summary>
    public const int Nemesis = -1;

    public const int Tenants = 2;

    public int Workers { get; init; } = 8;

    /// <summary>Gets the number of instances of each tenant.</summary>
    public int Slots { get; init; } = 2;

    public int Scopes { get; init; } = 2_000;

    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromSeconds(2);

    public bool KeepPayloads { get; init; } = true;

    public bool CheckBeforeServing { get; init; }

    public bool WriteThrough { get; init; }

    public bool ShareGeneration { get; init; }

    public override string ToString() =>
        $"{Workers} workers, {Tenants} tenants of {Slots} instances, {Scopes} scopes, MaxStaleness {MaxStaleness}, KeepPayloads {KeepPayloads}, CheckBeforeServing {CheckBeforeServing}, WriteThrough {WriteThrough}, ShareGeneration {ShareGeneration}";
}
