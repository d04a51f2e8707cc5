namespace RagCaching;

/// <summary>A journal cannot be used by this host: it is not a journal, comes from a later version, or belongs to hosts with other settings.</summary>
/// <remarks>The message names what is wrong and what to do. Nothing was changed in the journal. Trying again does not help.</remarks>
public sealed class JournalMismatchException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    public JournalMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">What the engine said.</param>
    public JournalMismatchException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with a general message.</summary>
    public JournalMismatchException()
        : base("The journal cannot be used by this host.")
    {
    }
}
