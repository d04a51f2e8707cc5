namespace RagCaching;

/// <summary>A journal has been out of reach for longer than <see cref="JournaledVectorStoreOptions.MaxStaleness"/>, so nothing that is stored may be served.</summary>
public sealed class JournalUnavailableException : IOException
{
    /// <summary>Creates the exception with a general message.</summary>
    public JournalUnavailableException()
        : this("The journal has been out of reach for longer than JournaledVectorStoreOptions.MaxStaleness; nothing that is stored is served until it is back.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is out of reach.</param>
    public JournalUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is out of reach.</param>
    /// <param name="innerException">Why.</param>
    public JournalUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
