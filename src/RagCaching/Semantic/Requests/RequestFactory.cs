using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.Contract;
using RagCaching.Contract.Settings;
using RagCaching.Diagnostics;
using RagCaching.Internal;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries;

namespace RagCaching.Semantic.Requests;

/// <summary>Checks queries, finds their scope and decides whether the cache may be used at all.</summary>
internal sealed class RequestFactory(CacheSettings settings, KeySpace keys, RemovalLog removals, FaultReporting reporting, IServiceProvider? services)
{
    // On first use, not in a constructor: a provider may need services that need the cache.
    private readonly Lazy<ICacheScopeProvider?> _scopeProvider = FirstUse.Of(() => services?.GetService<ICacheScopeProvider>());
    private readonly FaultBarrier _provider = new(TelemetryNames.Operations.Scope, reporting, static (logger, errorType, _) => Log.ScopeProviderFailed(logger, errorType));

    /// <summary>Makes a request of a query, or finds out why the cache is bypassed.</summary>
    /// <param name="query">The query.</param>
    /// <param name="mayExplore">Whether a new answer can be generated in this call.</param>
    /// <exception cref="ArgumentException">The query has a value that is out of range.</exception>
    /// <exception cref="InvalidOperationException">No scope is known.</exception>
    public Checked Create(SemanticCacheQuery query, bool mayExplore)
    {
        Check(query);
        var bypass = !settings.Enabled ? SemanticCacheReason.Disabled
            : query.Mode == SemanticCacheMode.Bypass ? query.BypassReason
            : string.IsNullOrWhiteSpace(query.Question) ? SemanticCacheReason.BlankQuestion
            : query.Question.Length > settings.MaxQuestionLength ? SemanticCacheReason.QuestionTooLong
            : settings.Freshness.Bypasses(query.Question) ? SemanticCacheReason.TimeSensitive
            : SemanticCacheReason.None;
        if (bypass != SemanticCacheReason.None)
        {
            return Checked.Bypass(bypass);
        }

        return TryGetScope(query.Scope) is { } scope
            ? Checked.Of(ToRequest(query, scope, mayExplore))
            : Checked.Bypass(SemanticCacheReason.ScopeUnknown);
    }

    /// <summary>Finds the scope of a call that manages entries.</summary>
    /// <exception cref="InvalidOperationException">No scope is known.</exception>
    public CacheScope ScopeOf(CacheScope? named) => named ?? _scopeProvider.Value?.GetScope() ?? SharedScope();

    /// <summary>Reads the scope of the caller as it is now.</summary>
    public AmbientScope ReadScope()
    {
        if (!settings.Enabled)
        {
            return default;
        }

        var (isKnown, ambient) = ReadProvider();
        return !isKnown ? AmbientScope.Unknown
            : ambient is not null ? AmbientScope.Of(ambient)
            : settings.ShareAcrossCallers ? AmbientScope.Of(CacheScope.Shared)
            : AmbientScope.Missing(_scopeProvider.Value);
    }

    private CacheRequest ToRequest(SemanticCacheQuery query, CacheScope scope, bool mayExplore)
    {
        var names = keys.NamesOf(scope, query.Partition);
        var question = keys.Question(names.Partition, query.Question, query.ExactContext);
        var questionKey = question.ToShortText();
        var timeToLive = settings.Freshness.Limit(query.Question, query.TimeToLive ?? settings.TimeToLive);
        var isVolatile = settings.Volatile.Limit(query.Question, ref timeToLive);
        var threshold = settings.ThresholdOf(query, scope);
        var band = settings.BandAround(threshold);
        return new CacheRequest
        {
            Question = query.Question,
            ScopeLabel = names.ScopeLabel,
            Partition = names.Partition,
            QuestionDigest = question,
            QuestionKey = questionKey,
            ReportKey = query.ExactContext is null ? questionKey : keys.Question(names.Partition, query.Question).ToShortText(),
            Tags = query.Tags.Count == 0 ? [] : [.. query.Tags],
            CreatedBy = query.CreatedBy,
            IsCurated = query.IsCurated && !mayExplore,
            TimeToLive = timeToLive,
            MinimumSimilarity = band.Possible,
            Threshold = threshold,
            SureSimilarity = band.Sure,
            MaxAge = query.MaxAge ?? TimeSpan.MaxValue,
            MayExplore = mayExplore,
            Mode = query.Mode,
            ExactOnly = query.ExactOnly || isVolatile || settings.ExactOnly,
            Ticket = new WriteTicket(removals.Now, reporting.Time.GetUtcNow().UtcDateTime),
            CurrentSourceVersion = query.CurrentSourceVersion,
            Moderator = query.Moderator,
        };
    }

    private static void Check(SemanticCacheQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(query.Question, $"{nameof(query)}.{nameof(query.Question)}");
        if (query.MinimumSimilarity is { } similarity && !(similarity is >= -1 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(query), similarity, "MinimumSimilarity is a cosine and must be in [-1, 1].");
        }

        if (query.TimeToLive is { } timeToLive && (timeToLive <= TimeSpan.Zero || timeToLive > SemanticCacheOptionsRules.MaximumTimeToLive))
        {
            throw new ArgumentOutOfRangeException(nameof(query), timeToLive, $"TimeToLive must be positive and at most {SemanticCacheOptionsRules.MaximumTimeToLive}.");
        }

        if (query.MaxAge is { } maxAge && maxAge < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(query), maxAge, "MaxAge must not be negative.");
        }

        if (query.BypassReason == SemanticCacheReason.None || !Enum.IsDefined(query.BypassReason))
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.BypassReason, "BypassReason must name a reason.");
        }

        if (!Enum.IsDefined(query.Mode))
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.Mode, "Mode is not one of the defined values.");
        }

        ArgumentNullException.ThrowIfNull(query.Tags, $"{nameof(query)}.{nameof(query.Tags)}");
        for (var i = 0; i < query.Tags.Count; i++)
        {
            if (string.IsNullOrEmpty(query.Tags[i]))
            {
                throw new ArgumentException("Tags must not contain a null or empty tag.", nameof(query));
            }
        }

        // A user that is missing must not silently become one who shares his answers' removal with all others that are.
        if (query.CreatedBy?.Length == 0)
        {
            throw new ArgumentException("CreatedBy must be null or name a user; it was empty.", nameof(query));
        }
    }

    // A provider that fails has not said that callers share.
    private CacheScope? TryGetScope(CacheScope? named)
    {
        if (named is not null)
        {
            return named;
        }

        var (isKnown, ambient) = ReadProvider();
        return isKnown ? ambient ?? SharedScope() : null;
    }

    private (bool IsKnown, CacheScope? Scope) ReadProvider() =>
        _provider.Run(static provider => (true, provider.Value?.GetScope()), _scopeProvider, fallback: (false, null));

    private CacheScope SharedScope() => settings.ShareAcrossCallers ? CacheScope.Shared : throw AmbientScope.NotNamed(_scopeProvider.Value);

    /// <summary>The outcome of checking a query: a request, or the reason why it bypasses the cache.</summary>
    internal readonly struct Checked
    {
        private Checked(CacheRequest? request, SemanticCacheReason bypassReason) => (Request, BypassReason) = (request, bypassReason);

        /// <summary>Gets the request; <see langword="null"/> where the cache is bypassed.</summary>
        public CacheRequest? Request { get; }

        /// <summary>Gets why the cache is bypassed; <see cref="SemanticCacheReason.None"/> where it is not.</summary>
        public SemanticCacheReason BypassReason { get; }

        /// <summary>Gets a value indicating whether the cache is bypassed.</summary>
        [MemberNotNullWhen(false, nameof(Request))]
        public bool IsBypassed => Request is null;

        public static Checked Of(CacheRequest request) => new(request, SemanticCacheReason.None);

        public static Checked Bypass(SemanticCacheReason reason) => new(null, reason);
    }
}
