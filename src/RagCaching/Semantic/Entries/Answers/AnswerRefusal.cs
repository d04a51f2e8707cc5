namespace RagCaching.Semantic.Entries.Answers;

/// <summary>Why an answer is not stored.</summary>
internal enum AnswerRefusal
{
    /// <summary>It is stored.</summary>
    None,

    /// <summary>It did not finish with "stop": cut off, filtered, waiting for a tool, or of unknown completeness.</summary>
    NotFinished,

    /// <summary>It has no text.</summary>
    NoText,

    /// <summary>It has content whose replay could differ from the original: files, errors, annotations other than citations, invalid text.</summary>
    Content,

    /// <summary>It is part of a conversation that lives at the provider.</summary>
    Hosted,

    /// <summary>It is generated in the background, or only a part of it was asked for.</summary>
    Background,

    /// <summary>It asks the caller to call a tool.</summary>
    ToolCall,

    /// <summary>It asks for the approval of a tool's call.</summary>
    Approval,

    /// <summary>A tool was called on the way that is not declared cacheable.</summary>
    ToolNotCacheable,

    /// <summary>A tool was called on the way and failed.</summary>
    ToolFailed,

    /// <summary>It is larger than the configured limit.</summary>
    TooLarge,

    /// <summary>The code that generated it, or the query, asked not to store it.</summary>
    NotWanted,

    /// <summary>A removal that it falls under was asked for while it was generated.</summary>
    Removed,

    /// <summary>The scope has stored as many new answers as it may in this window.</summary>
    Quota,

    /// <summary>A stored answer was found to say the same, and serves the question from now on.</summary>
    Known,

    /// <summary>The stored answer to the question is curated, and stays.</summary>
    Curated,

    /// <summary>A rule for lifetimes, or the host's own, says that such answers are not stored.</summary>
    Lifetime,
}
