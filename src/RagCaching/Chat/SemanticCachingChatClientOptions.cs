using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>Settings of a <see cref="SemanticCachingChatClient"/>.</summary>
public sealed class SemanticCachingChatClientOptions
{
    /// <summary>Gets or sets what finds the user's question in a prompt.</summary>
    /// <value>
    /// Default <see langword="null"/>: the text of the last user message. Set it where that message holds more than the question, for
    /// example retrieved text. What it returns is matched by meaning in place of the message; the rest of the message is then ignored.
    /// Returning <see langword="null"/> falls back to the whole message.
    /// </value>
    public Func<IReadOnlyList<ChatMessage>, string?>? QuestionSelector { get; set; }

    /// <summary>Gets or sets what removes from system messages and instructions the parts that do not shape the answer.</summary>
    /// <value>
    /// Default <see langword="null"/>: they are compared as they are. A date or a user's name in a system prompt makes every prompt a
    /// different one and keeps the cache from ever answering. Only the comparison sees the result; the model gets the original.
    /// </value>
    public Func<string, string>? InstructionNormalizer { get; set; }

    /// <summary>Gets or sets a value indicating whether requests that offer tools to the model are cached.</summary>
    /// <value>
    /// Default <see langword="false"/>. With <see langword="true"/> the names, descriptions and schemas of the tools must be equal for an
    /// answer to be served, and answers that call tools are still never stored.
    /// </value>
    public bool CacheWithTools { get; set; }

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal SemanticCachingChatClientOptions Copy() => (SemanticCachingChatClientOptions)MemberwiseClone();
}
