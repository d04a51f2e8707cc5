namespace RagCaching.LatencyLab.Cli;

/// <summary>The command line asks for something that there is not; the message names it.</summary>
internal sealed class UsageException(string message) : Exception(message);
