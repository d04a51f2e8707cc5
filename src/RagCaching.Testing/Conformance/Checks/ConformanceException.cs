namespace RagCaching;

/// <summary>A store or a journal does not keep what its contract promises.</summary>
/// <remarks>Every test framework takes it for a failed test. The message has the name of the check, the promise, and what happened instead.</remarks>
public sealed class ConformanceException : Exception
{
    /// <summary>Creates the exception with a general message.</summary>
    public ConformanceException()
        : base("A promise of the contract was not kept.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    public ConformanceException(string message)
        : base(message)
    {
        Happened = message;
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What was thrown.</param>
    public ConformanceException(string message, Exception? innerException)
        : base(message, innerException)
    {
        Happened = message;
    }

    internal ConformanceException(string check, string promise, string happened, Exception? innerException)
        : base($"{check}\nPromised: {promise}\nHappened: {happened}", innerException)
    {
        Check = check;
        Promise = promise;
        Happened = happened;
    }

    /// <summary>Gets the name of the check that failed.</summary>
    /// <value>Empty if no check threw the exception.</value>
    public string Check { get; } = "";

    /// <summary>Gets what the contract promises, in a sentence.</summary>
    /// <value>Empty if no check threw the exception.</value>
    public string Promise { get; } = "";

    /// <summary>Gets what happened instead.</summary>
    public string Happened { get; } = "";
}
