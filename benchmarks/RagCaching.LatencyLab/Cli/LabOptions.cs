using RagCaching.LatencyLab.Models;

namespace RagCaching.LatencyLab.Cli;

/// <summary>What the command line asks for.</summary>
internal sealed record LabOptions
{
    public const double DefaultSpeed = 4;
    public const int DefaultRequests = 120;
    public const double ShortSpeed = 10;
    public const int ShortRequests = 32;

    public double Speed { get; init; } = DefaultSpeed;

    public int Requests { get; init; } = DefaultRequests;

    public int Concurrency { get; init; } = 16;

    public int Seed { get; init; } = 1;

    /// <summary>Gets the encoder that was asked for; <see langword="null"/> for MiniLM, or for that of a real provider.</summary>
    public EncoderKind? Encoder { get; init; }

    /// <summary>Gets a value indicating whether texts are embedded in this process.</summary>
    public bool EmbedsLocally => Encoder == EncoderKind.MiniLM || (Encoder is null && Endpoint is null);

    /// <summary>Gets the address of a real provider; <see langword="null"/> for the lab's own server.</summary>
    public Uri? Endpoint { get; init; }

    public string? ChatModel { get; init; }

    public string? SmallChatModel { get; init; }

    public string? EmbeddingModel { get; init; }

    /// <summary>Gets the engine that keeps answers beyond the run, and where it is; <see langword="null"/> for none.</summary>
    public (string Engine, string Address)? Journal { get; init; }

    /// <summary>Gets how many processes share the journal in a scene of their own; 1 for no such scene.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>Gets a value indicating whether only the scene is played in which the provider is stopped and started again.</summary>
    public bool Outage { get; init; }

    /// <summary>Gets a value indicating whether only the scene under load is played.</summary>
    public bool Load { get; init; }

    /// <summary>Gets a value indicating whether only the scene is played in which what the cache says it saved and spent is compared with what the server counted.</summary>
    public bool Money { get; init; }

    /// <summary>Gets a value indicating whether only the owner's page is served, over a cache with traffic.</summary>
    public bool Dashboard { get; init; }

    /// <summary>Gets where metrics and traces of that cache are sent by OTLP; <see langword="null"/> for nowhere.</summary>
    public Uri? Receiver { get; init; }

    /// <summary>Gets a value indicating whether the short run was asked for.</summary>
    public bool Short { get; init; }

    public bool Help { get; init; }
}
