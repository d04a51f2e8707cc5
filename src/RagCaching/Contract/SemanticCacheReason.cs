namespace RagCaching;

/// <summary>Specifies why a query was not a hit.</summary>
public enum SemanticCacheReason
{
    /// <summary>The query was a hit, or shared another caller's answer.</summary>
    None,

    /// <summary>No stored question is near.</summary>
    NoCandidates,

    /// <summary>The nearest stored question is near, but not near enough.</summary>
    BelowThreshold,

    /// <summary>A stored question is near enough, but an <see cref="IMatchGuard"/> refused it.</summary>
    Guard,

    /// <summary>A stored question is near, but the error budget does not allow its answer, or does not allow it yet.</summary>
    Policy,

    /// <summary>Everything else allowed a stored answer, but an <see cref="IMatchVerifier"/> refused it, failed or took too long.</summary>
    Verifier,

    /// <summary>Everything else allowed a stored answer, but the moderator refused it or failed (<see cref="SemanticCacheQuery.Moderator"/>).</summary>
    Moderator,

    /// <summary>A stored answer would have been served, but the cache is in shadow mode (<see cref="ShadowOptions.Enabled"/>).</summary>
    Shadow,

    /// <summary>A stored answer would have been served, but the question was answered again to check it (<see cref="ErrorBudgetOptions.AuditRate"/>).</summary>
    Audit,

    /// <summary>A stored question is near enough, but its answer was reported as wrong for this question.</summary>
    ReportedWrong,

    /// <summary>An answer is stored, but a source that it is based on has changed since.</summary>
    SourceChanged,

    /// <summary>The lookup took longer than <see cref="SemanticCacheLimits.LookupTimeout"/>.</summary>
    Timeout,

    /// <summary>The embedding generator or the store failed, or was not called because it had failed just before.</summary>
    Unavailable,

    /// <summary>The query asked for a new answer.</summary>
    Refresh,

    /// <summary>Bypass: the cache is switched off.</summary>
    Disabled,

    /// <summary>Bypass: the query asked for it.</summary>
    BypassRequested,

    /// <summary>Bypass: the question is empty or white space.</summary>
    BlankQuestion,

    /// <summary>Bypass: the question is longer than <see cref="SemanticCacheLimits.MaxQuestionLength"/>.</summary>
    QuestionTooLong,

    /// <summary>Bypass: the <see cref="ICacheScopeProvider"/> failed, so it is unknown who may share the answer.</summary>
    ScopeUnknown,

    /// <summary>Bypass, chat: the conversation has no user message, or does not end with one.</summary>
    NoUserTurn,

    /// <summary>Bypass, chat: a message contains something other than text.</summary>
    NonTextContent,

    /// <summary>Bypass, chat: the model may call tools.</summary>
    Tools,

    /// <summary>Bypass, chat: the provider keeps the conversation, so the messages are not the whole prompt.</summary>
    HostedConversation,

    /// <summary>Bypass, chat: the request carries provider-specific settings that cannot be compared.</summary>
    OpaqueOptions,

    /// <summary>Bypass, chat: the host's question selector or instruction normalizer threw.</summary>
    CallbackFailed,

    /// <summary>Bypass, chat: the request continues or starts a background response.</summary>
    BackgroundResponse,

    /// <summary>Bypass: the question is about now, so that its answer is out of date at once (<see cref="FreshnessOptions"/>).</summary>
    TimeSensitive,

    /// <summary>An answer is stored, but its lifetime is over (<see cref="FailSafeOptions.StaleIfError"/>).</summary>
    Expired,

    /// <summary>An answer is stored, and is made anew before its lifetime is over (<see cref="FailSafeOptions.EagerRefresh"/>).</summary>
    EagerRefresh,

    /// <summary>Stale: the factory failed.</summary>
    ModelFailed,

    /// <summary>Stale: the factory took longer than <see cref="FailSafeOptions.SoftTimeout"/>.</summary>
    ModelSlow,

    /// <summary>Stale: the factory was not called, because it had failed several times in a row (<see cref="FailSafeOptions.ModelBreaker"/>).</summary>
    ModelUnavailable,

    /// <summary>A stored answer would have been served, but the question was answered anew to compare the two (<see cref="SemanticCacheOptions.HoldoutRate"/>).</summary>
    HeldOut,

    /// <summary>A stored answer is older than the query allows (<see cref="SemanticCacheQuery.MaxAge"/>).</summary>
    TooOld,
}
