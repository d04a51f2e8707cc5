namespace RagCaching.Diagnostics;

/// <summary>Names of instruments, tags and tag values; stable, lowercase, dotted.</summary>
internal static class TelemetryNames
{
    internal static class Instruments
    {
        public const string Requests = "ragcaching.cache.requests";
        public const string LookupDuration = "ragcaching.cache.lookup.duration";
        public const string Entries = "ragcaching.cache.entries";
        public const string Size = "ragcaching.cache.size";
        public const string Evictions = "ragcaching.cache.evictions";
        public const string Similarity = "ragcaching.cache.similarity";
        public const string Failures = "ragcaching.cache.failures";
        public const string GuardRefusals = "ragcaching.cache.guard.refusals";
        public const string Refusals = "ragcaching.cache.refusals";
        public const string Comparisons = "ragcaching.cache.comparisons";
        public const string Audits = "ragcaching.cache.audits";
        public const string BudgetTrips = "ragcaching.cache.budget.trips";
        public const string Stale = "ragcaching.cache.stale";
        public const string Refreshes = "ragcaching.cache.refreshes";
        public const string ModelBreaker = "ragcaching.cache.model.breaker";
        public const string SavedCalls = "ragcaching.cache.saved.calls";
        public const string SavedTokens = "ragcaching.cache.saved.tokens";
        public const string SavedCost = "ragcaching.cache.saved.cost";
        public const string SavedTime = "ragcaching.cache.saved.time";
        public const string SpentCalls = "ragcaching.cache.spent.calls";
        public const string SpentTokens = "ragcaching.cache.spent.tokens";
        public const string SpentCost = "ragcaching.cache.spent.cost";
        public const string NetBenefit = "ragcaching.cache.net_benefit";
        public const string Holdouts = "ragcaching.cache.holdouts";
        public const string ToolCalls = "ragcaching.tool.calls";
        public const string SearchedVectors = "ragcaching.store.search.vectors";
        public const string IndexAge = "ragcaching.store.index.age";
        public const string JournalWaiting = "ragcaching.journal.waiting";
        public const string JournalStaleness = "ragcaching.journal.staleness";
    }

    internal static class Tags
    {
        public const string CacheName = "ragcaching.cache.name";
        public const string CacheKind = "ragcaching.cache.kind";
        public const string Result = "ragcaching.cache.request.result";
        public const string Reason = "ragcaching.cache.request.reason";
        public const string Comparison = "ragcaching.cache.comparison";
        public const string EvictionReason = "ragcaching.cache.eviction.reason";
        public const string GuardName = "ragcaching.guard.name";
        public const string GuardRule = "ragcaching.guard.rule";
        public const string RefusalReason = "ragcaching.cache.refusal.reason";
        public const string Operation = "ragcaching.operation";
        public const string SearchStage = "ragcaching.store.search.stage";
        public const string Purpose = "ragcaching.cache.spent.purpose";
        public const string GenAIModel = "gen_ai.request.model";
        public const string TokenType = "gen_ai.token.type";
        public const string ToolName = "gen_ai.tool.name";
        public const string GenAIOperation = "gen_ai.operation.name";
        public const string ErrorType = "error.type";
    }

    internal static class Kinds
    {
        public const string Embedding = "embedding";
        public const string Response = "response";
    }

    internal static class Results
    {
        public const string Hit = "hit";
        public const string Miss = "miss";
        public const string Bypass = "bypass";
        public const string Refreshed = "refreshed";
        public const string Failed = "failed";
    }

    internal static class EvictionReasons
    {
        public const string Capacity = "capacity";
        public const string Size = "size";
        public const string Expired = "expired";
    }

    internal static class SearchStages
    {
        public const string All = "all";
        public const string FirstStripe = "first_stripe";
        public const string Stripes = "stripes";
        public const string Compared = "compared";
    }

    internal static class Reasons
    {
        public const string Local = "local";
        public const string Storage = "storage";
        public const string Joined = "joined";
        public const string Requested = "requested";
        public const string Options = "options";
        public const string Blank = "blank";
        public const string TooLong = "too_long";
        public const string Vector = "vector";
    }

    internal static class Operations
    {
        public const string Read = "read";
        public const string Write = "write";
        public const string Remove = "remove";
        public const string Parse = "parse";
        public const string Embed = "embed";
        public const string Guard = "guard";
        public const string Verify = "verify";
        public const string Compare = "compare";
        public const string Learn = "learn";
        public const string Scope = "scope";
        public const string Source = "source";
        public const string Rewrite = "rewrite";
        public const string Review = "review";
        public const string Index = "index";
        public const string WarmUp = "warm_up";
        public const string Append = "append";
        public const string Follow = "follow";
        public const string Lease = "lease";
        public const string Configure = "configure";

        public const string Lifetime = "lifetime";
        public const string Price = "price";
    }

    internal static class Errors
    {
        public const string QueueFull = "queue_full";
        public const string Disposed = "disposed";
        public const string Removed = "removed_meanwhile";
        public const string Gap = "gap";
        public const string InvalidEntry = "invalid_entry";
        public const string NotUnprotected = "not_unprotected";
    }

    internal static class Spans
    {
        public const string Lookup = "ragcaching.lookup";
    }

    internal static class GenAIOperations
    {
        public const string Chat = "chat";
        public const string Embeddings = "embeddings";
    }
}
