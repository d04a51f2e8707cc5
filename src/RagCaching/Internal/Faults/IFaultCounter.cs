namespace RagCaching.Internal.Faults;

/// <summary>Counts the failures that cost a miss and no caller an error.</summary>
internal interface IFaultCounter
{
    /// <summary>Counts one failure.</summary>
    /// <param name="operation">What failed.</param>
    /// <param name="errorType">The type of the exception, or a word.</param>
    void Failed(string operation, string errorType);
}
