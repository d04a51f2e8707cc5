using Microsoft.Extensions.Logging;

namespace RagCaching.Diagnostics;

/// <summary>Every message the library logs. None of them carries a question, an answer, a vector, a key or a caller's identity.</summary>
internal static partial class Log
{
    /// <summary>How often a failure that keeps happening is logged; every one is counted.</summary>
    public static readonly TimeSpan LeastInterval = TimeSpan.FromMinutes(1);

    public const int StorageFailedId = 1001;
    public const int UnknownEmbeddingModelId = 1002;
    public const int UnreadableEmbeddingId = 1003;
    public const int UncacheableEmbeddingOptionsId = 1004;
    public const int EmbeddingDimensionsChangedId = 1005;
    public const int StorageInThisProcessId = 1006;
    public const int LookupFailedId = 2001;
    public const int LookupTimedOutId = 2002;
    public const int AnswerNotStoredId = 2003;
    public const int WriteFailedId = 2004;
    public const int SemanticModelUnknownId = 2005;
    public const int CacheRequestId = 2006;
    public const int QuestionNotEmbeddedId = 2007;
    public const int NoKeySecretId = 2008;
    public const int BudgetTrippedId = 2009;
    public const int BudgetNotSavedId = 2010;
    public const int ScopeProviderFailedId = 2011;
    public const int HitNotReviewedId = 2012;
    public const int AnswersNotStoredId = 2013;
    public const int PropertyNotKeptId = 2014;
    public const int QuestionDimensionsChangedId = 2015;
    public const int AnswersNotWantedId = 2016;
    public const int ConfiguredThresholdId = 2017;
    public const int RecommendedThresholdId = 2018;
    public const int DefaultThresholdId = 2019;
    public const int BudgetInForceId = 2020;
    public const int NotWarmedUpId = 2021;
    public const int JournalNotWrittenId = 2101;
    public const int JournalOutOfReachId = 2102;
    public const int JournalGapId = 2103;
    public const int JournalLoadedId = 2104;
    public const int JournalUnusableId = 2105;
    public const int NotUnprotectedId = 2106;
    public const int ModelDownId = 2201;
    public const int ModelBackId = 2202;
    public const int LifetimeFailedId = 2203;
    public const int ExactOnlyInForceId = 2026;
    public const int PriceFailedId = 2301;
    public const int ModelWithoutPriceId = 2302;
    public const int CostsMoreThanItSavesId = 2303;
    public const int NotProtectedId = 2107;
    public const int SimilarityScaleMeasuredId = 2022;
    public const int LooseThresholdId = 2023;
    public const int BelowRecommendedId = 2024;
    public const int NothingServedId = 2025;
    public const int EffectiveSettingsId = 2041;
    public const int SettingsRefusedId = 2042;
    public const int ChatBypassId = 3001;
    public const int InstructionsNeverRepeatId = 3002;
    public const int ChatModelUnknownId = 3003;
    public const int QuestionNotRewrittenId = 3004;
    public const int AnswerNotReviewedId = 3005;
    public const int UnreadableReplyId = 3006;
    public const int PropertyNeverRepeatsId = 3007;
    public const int RewritingsAllAlikeId = 3008;
    public const int ChatBypassWantedId = 3009;
    public const int ToolResultNotStoredId = 3010;

    [LoggerMessage(StorageFailedId, LogLevel.Warning, "The storage failed on {Operation}; the request goes on without it. Further failures are counted, and logged at most once a minute.")]
    public static partial void StorageFailed(ILogger logger, string operation, Exception? exception);

    [LoggerMessage(UnknownEmbeddingModelId, LogLevel.Warning, "The embedding generator does not tell its model. Vectors stay in this process and are not written to the storage. Set CachedEmbedderOptions.ModelId to share them.")]
    public static partial void UnknownEmbeddingModel(ILogger logger);

    [LoggerMessage(UnreadableEmbeddingId, LogLevel.Warning, "An embedding in the storage cannot be used ({Fault}); it counts as a miss and is overwritten. Further ones are counted, and logged at most once a minute.")]
    public static partial void UnreadableEmbedding(ILogger logger, string fault);

    [LoggerMessage(UncacheableEmbeddingOptionsId, LogLevel.Warning, "Embedding requests bypass the cache: their options have a RawRepresentationFactory or an additional property of a type that cannot be a part of a key. Use texts, numbers, flags, enumerations or lists of texts. Logged once.")]
    public static partial void UncacheableEmbeddingOptions(ILogger logger);

    [LoggerMessage(EmbeddingDimensionsChangedId, LogLevel.Warning, "The embedding generator now returns {Dimensions} dimensions where it returned another number before: the model behind the same name has changed. Embeddings of the old one are generated anew. Logged at most once a minute.")]
    public static partial void EmbeddingDimensionsChanged(ILogger logger, int dimensions);

    [LoggerMessage(StorageInThisProcessId, LogLevel.Warning, "The IDistributedCache for embeddings is the one in memory (AddDistributedMemoryCache): other instances do not see it and it ends with the process. Register one that is shared or kept, such as Redis or AddSqliteEmbeddingStorage.")]
    public static partial void StorageInThisProcess(ILogger logger);

    [LoggerMessage(LookupFailedId, LogLevel.Warning, "A lookup failed and counts as a miss. Further failures are counted, and logged at most once a minute.")]
    public static partial void LookupFailed(ILogger logger, Exception? exception);

    [LoggerMessage(LookupTimedOutId, LogLevel.Warning, "A lookup took longer than {Timeout} and counts as a miss. Further ones are counted, and logged at most once a minute.")]
    public static partial void LookupTimedOut(ILogger logger, TimeSpan timeout);

    [LoggerMessage(AnswerNotStoredId, LogLevel.Debug, "An answer was returned but not stored: {Reason}.")]
    public static partial void AnswerNotStored(ILogger logger, string reason);

    [LoggerMessage(WriteFailedId, LogLevel.Warning, "An answer could not be stored; its caller has it. Further failures are counted, and logged at most once a minute.")]
    public static partial void WriteFailed(ILogger logger, Exception? exception);

    [LoggerMessage(SemanticModelUnknownId, LogLevel.Warning, "The embedding generator does not tell its model. Stored answers stay with this instance of the cache. Set CachedEmbedderOptions.ModelId, or let the generator offer EmbeddingGeneratorMetadata.")]
    public static partial void SemanticModelUnknown(ILogger logger);

    [LoggerMessage(CacheRequestId, LogLevel.Debug, "Cache request: {Outcome}, {Reason}, similarity {Similarity}.")]
    public static partial void CacheRequest(ILogger logger, SemanticCacheOutcome outcome, SemanticCacheReason reason, float? similarity);

    [LoggerMessage(QuestionNotEmbeddedId, LogLevel.Warning, "A question could not be embedded ({ErrorType}), so only exact repeats can be served. Further failures are counted, and logged at most once a minute.")]
    public static partial void QuestionNotEmbedded(ILogger logger, string errorType);

    [LoggerMessage(NoKeySecretId, LogLevel.Warning, "The store may be shared and no key secret is set: who can read it can test whether a guessed question is in it. Set RagCachingKeyOptions.KeySecret.")]
    public static partial void NoKeySecret(ILogger logger);

    [LoggerMessage(BudgetTrippedId, LogLevel.Warning, "Audits found more wrong answers than the error budget allows. The scope serves nothing by meaning until its decisions are right again.")]
    public static partial void BudgetTripped(ILogger logger);

    [LoggerMessage(BudgetNotSavedId, LogLevel.Warning, "What an error budget has learnt could not be saved. Further failures are counted, and logged at most once a minute.")]
    public static partial void BudgetNotSaved(ILogger logger, Exception? exception);

    [LoggerMessage(ScopeProviderFailedId, LogLevel.Warning, "The ICacheScopeProvider failed ({ErrorType}), so it is unknown who may share answers and the cache is bypassed. Further failures are counted, and logged at most once a minute.")]
    public static partial void ScopeProviderFailed(ILogger logger, string errorType);

    [LoggerMessage(HitNotReviewedId, LogLevel.Warning, "The moderator failed ({ErrorType}), so a stored answer was not served. Further failures are counted, and logged at most once a minute.")]
    public static partial void HitNotReviewed(ILogger logger, string errorType);

    [LoggerMessage(AnswersNotStoredId, LogLevel.Warning, "An answer was returned but not stored: {Reason}. {Advice} Said once for each reason; all are counted in ragcaching.cache.refusals.")]
    public static partial void AnswersNotStored(ILogger logger, string reason, string advice);

    [LoggerMessage(AnswersNotWantedId, LogLevel.Information, "An answer was returned but not stored, and that is as it should be: {Reason}. The query, the factory, a hook or a removal said so, or a stored answer was found to say the same. Said once for each reason; all are counted in ragcaching.cache.refusals.")]
    public static partial void AnswersNotWanted(ILogger logger, string reason);

    [LoggerMessage(PropertyNotKeptId, LogLevel.Warning, "The additional property '{Name}' of an answer is of the type {Type}, which has no JSON form, so hits come without it. Use texts, numbers, flags, times, JSON nodes, or lists and dictionaries of them. Said once for each property.")]
    public static partial void PropertyNotKept(ILogger logger, string name, string type);

    [LoggerMessage(QuestionDimensionsChangedId, LogLevel.Warning, "Questions now have vectors of {Dimensions} dimensions, and stored ones have another number: the model behind the same name has changed. Stored answers make room, partition by partition. Said once.")]
    public static partial void QuestionDimensionsChanged(ILogger logger, int dimensions);

    [LoggerMessage(ConfiguredThresholdId, LogLevel.Information, "The cache '{Cache}' serves stored answers to other questions from a similarity of {Similarity} on, as configured.")]
    public static partial void ConfiguredThreshold(ILogger logger, string cache, float similarity);

    [LoggerMessage(RecommendedThresholdId, LogLevel.Information, "The cache '{Cache}' serves stored answers to other questions from a similarity of {Similarity} on, which is recommended for the embedding model {Model}.")]
    public static partial void RecommendedThreshold(ILogger logger, string cache, float similarity, string? model);

    [LoggerMessage(DefaultThresholdId, LogLevel.Information, "The cache '{Cache}' serves stored answers to other questions from a similarity of {Similarity} on, the default for embedding models that were not measured ({Model}). No single value fits every model: watch the cache in shadow mode, or use an error budget.")]
    public static partial void DefaultThreshold(ILogger logger, string cache, float similarity, string model);

    [LoggerMessage(BudgetInForceId, LogLevel.Information, "The cache '{Cache}' aims at no more than {MaxErrorRate} wrong answers among those that it serves to other questions, which have a similarity of at least {Similarity}.")]
    public static partial void BudgetInForce(ILogger logger, string cache, double maxErrorRate, float similarity);

    [LoggerMessage(NotWarmedUpId, LogLevel.Warning, "The rehearsal at the start of the host failed ({ErrorType}), so the first callers wait for the compilation of what they run.")]
    public static partial void NotWarmedUp(ILogger logger, string errorType);

    [LoggerMessage(JournalNotWrittenId, LogLevel.Warning, "What was stored could not be written to the {Engine} journal yet; it is served by this instance and is tried again. Further failures are counted, and logged at most once a minute.")]
    public static partial void JournalNotWritten(ILogger logger, string engine, Exception? exception);

    [LoggerMessage(JournalOutOfReachId, LogLevel.Warning, "The {Engine} journal is out of reach; the host goes on, and stored answers are served until JournaledVectorStoreOptions.MaxStaleness has passed. Further failures are counted, and logged at most once a minute.")]
    public static partial void JournalOutOfReach(ILogger logger, string engine, Exception? exception);

    [LoggerMessage(JournalGapId, LogLevel.Warning, "Changes of the {Engine} journal are lost to this instance: it was away for too long, or the journal has begun anew. Everything is loaded again.")]
    public static partial void JournalGap(ILogger logger, string engine);

    [LoggerMessage(JournalLoadedId, LogLevel.Information, "The cache has loaded {Entries} entries from the {Engine} journal.")]
    public static partial void JournalLoaded(ILogger logger, string engine, long entries);

    [LoggerMessage(JournalUnusableId, LogLevel.Error, "The {Engine} journal cannot be used, and nothing is stored or served: {Reason}")]
    public static partial void JournalUnusable(ILogger logger, string engine, string reason);

    [LoggerMessage(SimilarityScaleMeasuredId, LogLevel.Information, "The cache '{Cache}' has measured the embedding model {Model} on {Questions} stored questions: unrelated ones have a similarity of {Unrelated}, nearest ones of {Nearest}. On this scale {Proposed} stands where 0.90 stands for all-MiniLM-L6-v2; the threshold in force, {Similarity}, was not changed. Logged once.")]
    public static partial void SimilarityScaleMeasured(ILogger logger, string cache, string model, float similarity, int questions, float unrelated, float nearest, float proposed);

    [LoggerMessage(LooseThresholdId, LogLevel.Warning, "The threshold of the cache '{Cache}', {Similarity}, is loose for the embedding model {Model}: of {Questions} stored questions, unrelated ones have a similarity of {Unrelated} and nearest ones of {Nearest}. {Proposed} stands on this scale where 0.90 stands for all-MiniLM-L6-v2. Raise SemanticCacheOptions.MinimumSimilarity, or use an error budget. Logged once.")]
    public static partial void LooseThreshold(ILogger logger, string cache, string model, float similarity, int questions, float unrelated, float nearest, float proposed);

    [LoggerMessage(BelowRecommendedId, LogLevel.Warning, "The threshold of the cache '{Cache}', {Similarity}, is lower than the one that was measured for the embedding model {Model}, {Recommended}: it serves more wrong answers. See docs/choosing-a-limit.md.")]
    public static partial void BelowRecommended(ILogger logger, string cache, float similarity, string? model, float recommended);

    [LoggerMessage(NothingServedId, LogLevel.Warning, "The first {Count} requests were all answered anew: nothing was served from the cache. The commonest reasons: {Reasons}. Each is explained by a message of its own or in the documentation. Said once.")]
    public static partial void NothingServed(ILogger logger, int count, string reasons);

    [LoggerMessage(EffectiveSettingsId, LogLevel.Information, "The cache '{Cache}' has these settings: {Settings}.")]
    public static partial void EffectiveSettings(ILogger logger, string cache, string settings);

    [LoggerMessage(SettingsRefusedId, LogLevel.Error, "The configuration of the cache '{Cache}' has changed and is not valid; the settings from before stay in force. {Message}")]
    public static partial void SettingsRefused(ILogger logger, string cache, string message);

    [LoggerMessage(ChatBypassId, LogLevel.Warning, "A chat request was not cached: {Reason}. {Advice} Said once for each reason; all are counted in ragcaching.cache.requests.")]
    public static partial void ChatBypass(ILogger logger, SemanticCacheReason reason, string advice);

    [LoggerMessage(ToolResultNotStoredId, LogLevel.Warning, "A result of the tool '{Tool}' was returned but not stored: {Reason}. {Advice} Said once for each reason; all are counted in ragcaching.tool.calls.")]
    public static partial void ToolResultNotStored(ILogger logger, string tool, ToolResultFault reason, string advice);

    [LoggerMessage(ChatBypassWantedId, LogLevel.Information, "A chat request was not cached, and that is as it should be: {Reason}. Said once for each reason; all are counted in ragcaching.cache.requests.")]
    public static partial void ChatBypassWanted(ILogger logger, SemanticCacheReason reason);

    [LoggerMessage(InstructionsNeverRepeatId, LogLevel.Warning, "The first {Count} requests all had different instructions or system messages, so no answer can be served to another request. Keep dates, names and retrieved text out of them, or set SemanticCachingChatClientOptions.InstructionNormalizer.")]
    public static partial void InstructionsNeverRepeat(ILogger logger, int count);

    [LoggerMessage(ChatModelUnknownId, LogLevel.Warning, "The chat client does not tell its model. Answers stay with this client. Set ChatOptions.ModelId, or let the client offer ChatClientMetadata.")]
    public static partial void ChatModelUnknown(ILogger logger);

    [LoggerMessage(QuestionNotRewrittenId, LogLevel.Warning, "A turn of a conversation could not be rewritten as a standalone question ({ErrorType}), so only exact repeats of it can be served. Further failures are counted, and logged at most once a minute.")]
    public static partial void QuestionNotRewritten(ILogger logger, string errorType);

    [LoggerMessage(AnswerNotReviewedId, LogLevel.Warning, "The host's ShouldStore or Moderator failed ({ErrorType}), so a new answer is not kept. Further failures are counted, and logged at most once a minute.")]
    public static partial void AnswerNotReviewed(ILogger logger, string errorType);

    [LoggerMessage(UnreadableReplyId, LogLevel.Warning, "A model that was asked for one of {Words} replied something else, which counts as none of them. A larger model, or one without reasoning, may follow the instruction. Said once for each judge.")]
    public static partial void UnreadableReply(ILogger logger, string words);

    [LoggerMessage(PropertyNeverRepeatsId, LogLevel.Warning, "The additional property '{Name}' had another value in each of the first {Count} requests that had it, so no answer can be served to another request. Leave it out, or name it in SemanticCachingChatClientOptions.IgnoredProperties if it does not shape the answer.")]
    public static partial void PropertyNeverRepeats(ILogger logger, string name, int count);

    [LoggerMessage(RewritingsAllAlikeId, LogLevel.Warning, "The question rewriter said the same of {Count} different conversations in a row. It may not see the conversation, or decline to rewrite; such turns are matched by meaning as one question, if at all.")]
    public static partial void RewritingsAllAlike(ILogger logger, int count);

    [LoggerMessage(NotProtectedId, LogLevel.Warning, "The payload protector failed ({ErrorType}), so something is not stored; its caller has it. Further failures are counted, and logged at most once a minute.")]
    public static partial void NotProtected(ILogger logger, string errorType);

    [LoggerMessage(NotUnprotectedId, LogLevel.Warning, "Something stored could not be decrypted ({ErrorType}), which counts as a miss: it was written in plain text or under a key that this host does not have, or it was changed. Further ones are counted, and logged at most once a minute.")]
    public static partial void NotUnprotected(ILogger logger, string errorType);

    [LoggerMessage(ModelDownId, LogLevel.Warning, "The model of cache '{CacheName}' has failed several times in a row (FailSafe.ModelBreaker): callers that can be served a stored answer do not wait for it now. One of them tries it in each BreakDuration, and callers without a stored answer always do.")]
    public static partial void ModelDown(ILogger logger, string cacheName);

    [LoggerMessage(ModelBackId, LogLevel.Information, "The model of cache '{CacheName}' answers again.")]
    public static partial void ModelBack(ILogger logger, string cacheName);

    [LoggerMessage(LifetimeFailedId, LogLevel.Warning, "The host's IAnswerLifetime failed ({ErrorType}), so an answer is kept for as long as the rules say. Further failures are counted, and logged at most once a minute.")]
    public static partial void LifetimeFailed(ILogger logger, string errorType);

    [LoggerMessage(PriceFailedId, LogLevel.Warning, "The host's IModelPrices failed ({ErrorType}), so a call costs nothing in the statistics. Further failures are counted, and logged at most once a minute.")]
    public static partial void PriceFailed(ILogger logger, string errorType);

    [LoggerMessage(ModelWithoutPriceId, LogLevel.Warning, "The model '{Model}' has no price, so its calls cost nothing in the statistics of the cache '{Cache}'. Add it to SemanticCacheOptions.Prices, or to the host's IModelPrices. Said once for each model.")]
    public static partial void ModelWithoutPrice(ILogger logger, string cache, string model);

    [LoggerMessage(CostsMoreThanItSavesId, LogLevel.Warning, "The cache '{Cache}' costs more than it saves in the scope with the digest {Scope}: in {Requests} requests it saved {Saved} and spent {Spent}. See SemanticCacheStatistics.ScopeBalance for what it was spent on; UseExactOnly costs nothing. Said once for each scope.")]
    public static partial void CostsMoreThanItSaves(ILogger logger, string cache, string scope, long requests, decimal saved, decimal spent);

    [LoggerMessage(ExactOnlyInForceId, LogLevel.Information, "The cache '{Cache}' serves exact repeats only, and embeds nothing.")]
    public static partial void ExactOnlyInForce(ILogger logger, string cache);
}
