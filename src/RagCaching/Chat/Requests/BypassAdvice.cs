namespace RagCaching.Chat.Requests;

/// <summary>What can be done about chat requests that pass by the cache.</summary>
internal static class BypassAdvice
{
    private const string WrongOrder =
        "No UseFunctionInvocation stands behind the cache: it stands in front of it, or the caller calls the tools. What is added to a ChatClientBuilder first stands in front: call UseSemanticCache before UseFunctionInvocation.";

    /// <summary>Gets the advice.</summary>
    /// <param name="reason">Why a request passed by.</param>
    /// <param name="isInWrongOrder">Whether it offers tools, or has calls or results of tools, while nothing behind the cache calls them.</param>
    /// <returns><see langword="null"/> for a reason that is as it should be.</returns>
    public static string? On(SemanticCacheReason reason, bool isInWrongOrder = false) => reason switch
    {
        SemanticCacheReason.Tools when isInWrongOrder => $"It offers tools of which none is declared cacheable. {WrongOrder} Then name tools that merely read in CacheableTools, or mark the functions with AsCacheable.",
        SemanticCacheReason.Tools => "It offers tools of which none is declared cacheable. UseFunctionInvocation stands behind the cache, as it should. Name tools that merely read in CacheableTools, or mark the functions with AsCacheable.",
        SemanticCacheReason.NonTextContent or SemanticCacheReason.NoUserTurn when isInWrongOrder => $"It has calls or results of tools. {WrongOrder}",
        SemanticCacheReason.HostedConversation => "It continues a conversation at the provider, so the messages are not the whole prompt. Send the whole conversation instead, or set CacheHostedConversations.",
        SemanticCacheReason.OpaqueOptions => "It has a RawRepresentationFactory, an additional property of a type that cannot be compared, or a tool that the provider hosts. Set what is the same for all requests behind the cache, with ConfigureOptions.",
        SemanticCacheReason.BackgroundResponse => "It starts or continues an answer that is generated in the background.",
        SemanticCacheReason.NonTextContent => "A message has something that cannot be compared by its content, such as the address of a file, or calls and results of tools. Send images as data; put UseFunctionInvocation behind the cache.",
        SemanticCacheReason.NoUserTurn => "It does not end with a message of the user. Where middleware or a context provider adds messages, tell them apart with ContextMessages.",
        SemanticCacheReason.QuestionTooLong => "The question is longer than SemanticCacheOptions.Limits.MaxQuestionLength. Where the message holds more than the question, set QuestionSelector.",
        SemanticCacheReason.CallbackFailed => "The host's QuestionSelector, InstructionNormalizer or ContextMessages failed.",
        SemanticCacheReason.ScopeUnknown => "The ICacheScopeProvider failed, so it is unknown who may share the answer.",
        _ => null,
    };
}
