namespace RagCaching.LatencyLab.Server;

/// <summary>When the pieces of one answer come, counted from its request.</summary>
internal readonly record struct AnswerTimes(TimeSpan FirstToken, TimeSpan WholeAnswer);
