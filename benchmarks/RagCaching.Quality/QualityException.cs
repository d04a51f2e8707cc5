namespace RagCaching.Quality;

/// <summary>The run cannot go on; the message is for the person who started it.</summary>
internal sealed class QualityException(string message) : Exception(message);
