namespace RagCaching;

/// <summary>Specifies what happens to a change while the queue of a <see cref="JournaledVectorStore"/> is full.</summary>
public enum JournalFullBehavior
{
    /// <summary>The change stays in this instance and is not written; it is counted. Nobody waits.</summary>
    Drop,

    /// <summary>The writer waits for room.</summary>
    Wait,
}
