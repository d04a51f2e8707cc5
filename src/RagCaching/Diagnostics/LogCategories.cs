namespace RagCaching.Diagnostics;

/// <summary>Categories of messages that several rooms write.</summary>
internal static class LogCategories
{
    /// <summary>The chat client, and what reads requests for it.</summary>
    public const string ChatClient = "RagCaching.SemanticCachingChatClient";
}
