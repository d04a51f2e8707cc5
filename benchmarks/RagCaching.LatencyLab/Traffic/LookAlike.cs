namespace RagCaching.LatencyLab.Traffic;

/// <summary>A question that reads like another and needs another answer.</summary>
/// <param name="Answer">The id of the answer that it needs.</param>
/// <param name="Text">The question.</param>
internal sealed record LookAlike(string Answer, string Text);
