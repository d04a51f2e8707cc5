namespace RagCaching;

/// <summary>A vector database, or its connector, cannot do what a <see cref="VectorDataStore"/> needs.</summary>
/// <remarks>The message names what is missing and the setting that may help. Trying again does not help.</remarks>
public sealed class VectorStoreCapabilityException : NotSupportedException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing, and what to do.</param>
    public VectorStoreCapabilityException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing, and what to do.</param>
    /// <param name="innerException">What the connector said.</param>
    public VectorStoreCapabilityException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with a general message.</summary>
    public VectorStoreCapabilityException()
        : base("The vector database cannot do what a cache needs.")
    {
    }

    /// <summary>Gets the collection that was used.</summary>
    /// <value><see langword="null"/> where none was.</value>
    public string? CollectionName { get; init; }
}
