using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using RagCaching.Chat.Requests;
using RagCaching.Internal;

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

    /// <summary>Gets or sets what tells messages that hold context for the question, and are neither the question nor a turn.</summary>
    /// <value>
    /// Default <see langword="null"/>: none does. Set it where middleware or context providers add messages of the user's role, such as retrieved text: the question is then the last message that is no
    /// context, wherever the context stands. Context must be equal for an answer to be served, and keeps nothing from being matched by meaning.
    /// </value>
    public Func<ChatMessage, bool>? ContextMessages { get; set; }

    /// <summary>Gets or sets what removes from system messages and instructions the parts that do not shape the answer.</summary>
    /// <value>
    /// Default <see langword="null"/>: they are compared as they are. A date or a user's name in a system prompt makes every prompt a
    /// different one and keeps the cache from ever answering. Only the comparison sees the result; the model gets the original.
    /// </value>
    public Func<string, string>? InstructionNormalizer { get; set; }

    /// <summary>Gets the tools that merely read, so that an answer for which they were called may be stored.</summary>
    /// <value>
    /// Names of tools, compared character by character, each with the longest time (positive) for which an answer from it stays valid, or <see langword="null"/> for no limit of its own. The name
    /// <c>*</c> stands for every tool that is not named. Starts empty; functions can also be marked where they are made
    /// (<see cref="SemanticCacheToolExtensions.AsCacheable"/>). A request that offers tools of which none is cacheable bypasses the cache. Of any other, the names, descriptions and schemas
    /// of the tools must be equal for an answer to be served. Its answer is stored if every tool that was called behind the cache is cacheable and succeeded: for the shortest of the times,
    /// with a tag <c>tool:name</c> for each. An answer that asks the caller to call a tool, or to approve a call, is never stored. What a tool reads must be the same for all who share the scope.
    /// </value>
    public IDictionary<string, TimeSpan?> CacheableTools { get; private set; } = new Dictionary<string, TimeSpan?>(StringComparer.Ordinal);

    /// <summary>Gets or sets a value indicating whether conversations that live at the provider are cached.</summary>
    /// <value>
    /// Default <see langword="false"/>: requests with a <see cref="ChatOptions.ConversationId"/> bypass the cache. With <see langword="true"/> the id must be equal for an answer to be served.
    /// Either way, an answer to a request without an id is stored without its own, which many clients return with every answer: it continues nothing, and the provider's conversation does not
    /// hold a turn that the cache answered. Who is served such an answer sends the whole conversation the next time. To keep such answers out, let <see cref="ShouldStore"/> look at
    /// <see cref="ChatResponse.ConversationId"/>.
    /// </value>
    public bool CacheHostedConversations { get; set; }

    /// <summary>Gets the names of additional properties that are sent to the model and not compared.</summary>
    /// <value>Starts empty; case makes no difference. Right for a property that does not shape the answer, such as the id of a request or of the end user for the provider's statistics.</value>
    public ICollection<string> IgnoredProperties { get; private set; } = [];

    /// <summary>Gets or sets how later turns of a conversation are made understandable by themselves.</summary>
    /// <value>Not <see langword="null"/>.</value>
    public QuestionRewritingOptions Rewriting { get; set; } = new();

    /// <summary>Gets or sets what decides, besides the rules of the cache, whether a new answer is kept.</summary>
    /// <value>
    /// Default <see langword="null"/>: every complete answer is. Is given the whole answer, also that of a stream, and must not change it; one that throws keeps the answer
    /// out. The caller gets the answer whatever is decided.
    /// </value>
    public Func<ChatResponse, bool>? ShouldStore { get; set; }

    /// <summary>Gets or sets what moderates answers before they are kept, and again each time before a kept one is served.</summary>
    /// <value>
    /// Default <see langword="null"/>. Returns whether the answer may be used. A new one that may not be is not kept; its caller gets it, as without a cache. A kept one that
    /// may not be is removed, and the model is asked. One that throws makes a miss. A kept stream is moderated as a whole before its first piece.
    /// </value>
    public Func<ChatResponse, CancellationToken, ValueTask<bool>>? Moderator { get; set; }

    /// <summary>Gets or sets how stored answers are streamed, and what becomes of streams without a reader.</summary>
    /// <value>Not <see langword="null"/>.</value>
    public SemanticCacheStreamOptions Streams { get; set; } = new();

    /// <summary>Makes a copy that nobody else can change.</summary>
    /// <exception cref="OptionsValidationException">A setting is out of range.</exception>
    internal SemanticCachingChatClientOptions Checked()
    {
        var copy = (SemanticCachingChatClientOptions)MemberwiseClone();
        copy.IgnoredProperties = [.. IgnoredProperties];
        copy.CacheableTools = new Dictionary<string, TimeSpan?>(CacheableTools, StringComparer.Ordinal);
        copy.Rewriting = Rewriting?.Copy()!;
        copy.Streams = Streams?.Copy()!;
        OptionsChecks.Checked(copy, new SemanticCachingChatClientOptionsRules());
        return copy;
    }
}
