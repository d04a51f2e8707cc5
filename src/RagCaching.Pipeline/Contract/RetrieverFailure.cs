namespace RagCaching;

/// <summary>A retriever that an answer was built without.</summary>
/// <param name="Retriever">The retriever's name.</param>
/// <param name="Exception">What it failed with; a <see cref="TimeoutException"/> where it was late.</param>
public sealed record RetrieverFailure(string Retriever, Exception Exception);
