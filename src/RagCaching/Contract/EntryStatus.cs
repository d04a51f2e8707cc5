namespace RagCaching;

/// <summary>Specifies what a call about one stored answer found.</summary>
public enum EntryStatus
{
    /// <summary>The answer was there, and what was asked for was done.</summary>
    Done,

    /// <summary>No answer with this id is stored: it never was, it has expired, or it was replaced or removed since.</summary>
    Unknown,

    /// <summary>The answer is stored for another scope, and nothing was done. Name its scope in the call.</summary>
    OtherScope,
}
