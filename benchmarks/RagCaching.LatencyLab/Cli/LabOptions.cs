namespace RagCaching.LatencyLab.Cli;

/// <summary>What the command line asks for.</summary>
internal sealed record LabOptions
{
    public const double DefaultSpeed = 4;
    public const int DefaultRequests = 120;
    public const double ShortSpeed = 10;
    public const int ShortRequests = 48;

    public double Speed { get; init; } = DefaultSpeed;

    public int Requests { get; init; } = DefaultRequests;

    public int Concurrency { get; init; } = 16;

    public int Seed { get; init; } = 1;

    /// <summary>Gets the address of a real provider; <see langword="null"/> for the lab's own server.</summary>
    public Uri? Endpoint { get; init; }

    public string? ChatModel { get; init; }

    public string? SmallChatModel { get; init; }

    public string? EmbeddingModel { get; init; }

    public bool Help { get; init; }
}
