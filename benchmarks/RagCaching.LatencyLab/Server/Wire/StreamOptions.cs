namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>Settings of a stream.</summary>
/// <param name="IncludeUsage">Whether a last chunk without a choice carries the usage.</param>
internal sealed record StreamOptions(bool IncludeUsage);
