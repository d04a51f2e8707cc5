namespace RagCaching.LatencyLab;

/// <summary>Something that the person at the keyboard can put right; its message says how.</summary>
internal sealed class LabException(string message, Exception? cause = null) : Exception(message, cause);
