namespace RagCaching.LatencyLab.Calibration;

/// <summary>A question that was served the answer of one that needs another.</summary>
internal sealed record WrongMatch(string Asked, string Served, float Similarity);
