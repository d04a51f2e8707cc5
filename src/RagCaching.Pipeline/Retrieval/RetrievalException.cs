namespace RagCaching;

/// <summary>Every retriever of a pipeline failed or was late, so there is nothing to answer from.</summary>
public sealed class RetrievalException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="failures">What each retriever failed with; at least one.</param>
    public RetrievalException(IReadOnlyList<RetrieverFailure> failures)
        : base(MessageOf(failures), failures[0].Exception) => Failures = failures;

    /// <summary>Gets what each retriever failed with.</summary>
    public IReadOnlyList<RetrieverFailure> Failures { get; }

    // Types only: messages of databases quote what was searched for.
    private static string MessageOf(IReadOnlyList<RetrieverFailure> failures)
    {
        ArgumentNullException.ThrowIfNull(failures);
        ArgumentOutOfRangeException.ThrowIfZero(failures.Count, nameof(failures));

        return $"All retrievers failed: {string.Join(", ", failures.Select(failure => $"'{failure.Retriever}' ({failure.Exception.GetType().Name})"))}.";
    }
}
