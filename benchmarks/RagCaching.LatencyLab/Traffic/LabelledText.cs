namespace RagCaching.LatencyLab.Traffic;

/// <summary>A text that somebody may ask, and the id of the answer that is right for it.</summary>
internal sealed record LabelledText(string Text, string Answer);
