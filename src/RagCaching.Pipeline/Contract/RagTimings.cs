namespace RagCaching;

/// <summary>Where the time of one answer went. Stages that did not happen are zero; some overlap.</summary>
public sealed class RagTimings
{
    /// <summary>Gets how long this question waited for its embedding.</summary>
    public TimeSpan Embedding { get; init; }

    /// <summary>Gets how long the cache took to decide, without <see cref="Embedding"/>.</summary>
    /// <value>For a whole answer that was shared with another caller, the wait for it included.</value>
    public TimeSpan CacheLookup { get; init; }

    /// <summary>Gets how long retrieving and choosing chunks took, without <see cref="Embedding"/>.</summary>
    public TimeSpan Retrieval { get; init; }

    /// <summary>Gets the time from the question to the first piece of text.</summary>
    /// <value>For an answer that came whole, the same as <see cref="Total"/>.</value>
    public TimeSpan TimeToFirstToken { get; init; }

    /// <summary>Gets the time from the prompt to the end of the model's answer.</summary>
    public TimeSpan Generation { get; init; }

    /// <summary>Gets the time from the question to the end of the answer.</summary>
    public TimeSpan Total { get; init; }
}
