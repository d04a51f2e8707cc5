namespace RagCaching.LatencyLab.Server;

/// <summary>Calls and tokens.</summary>
internal readonly record struct ServerUsage(long Calls, long InputTokens, long OutputTokens)
{
    public static ServerUsage operator +(ServerUsage left, ServerUsage right) => new(left.Calls + right.Calls, left.InputTokens + right.InputTokens, left.OutputTokens + right.OutputTokens);

    public static ServerUsage operator -(ServerUsage left, ServerUsage right) => new(left.Calls - right.Calls, left.InputTokens - right.InputTokens, left.OutputTokens - right.OutputTokens);

    public static ServerUsage Of(ModelUse use) => new(use.Calls, use.InputTokens, use.OutputTokens);

    public override string ToString() => $"{Calls} calls, {InputTokens} + {OutputTokens} tokens";
}
