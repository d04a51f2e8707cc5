using Microsoft.Extensions.DependencyInjection;
using RagCaching.Contract.Settings;
using RagCaching.Diagnostics;
using RagCaching.Semantic.Entries;

namespace RagCaching.Semantic.Requests;

/// <summary>Checks queries, finds their scope and decides whether the cache may be used at all.</summary>
internal sealed class RequestFactory(CacheSettings settings, KeySpace keys, RemovalLog removals, TimeProvider time, IServiceProvider? services, CacheTelemetry telemetry)
{
    // On first use, not in a constructor: a provider may need services that need the cache.
    private readonly Lazy<ICacheScopeProvider?> _scopeProvider = new(() => services?.GetService<ICacheScopeProvider>());

    /// <summary>Makes a request of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="mayExplore">Whether a new answer can be generated in this call.</param>
    /// <exception cref="ArgumentException">The query has a value that is out of range.</exception>
    /// <exception cref="InvalidOperationException">No scope is known.</exception>
    public CacheRequest Read(SemanticCacheQuery query, bool mayExplore)
    {
        Check(query);
        var bypass = !settings.Enabled ? SemanticCacheReason.Disabled
            : query.Mode == SemanticCacheMode.Bypass ? SemanticCacheReason.BypassRequested
            : string.IsNullOrWhiteSpace(query.Question) ? SemanticCacheReason.BlankQuestion
            : query.Question.Length > settings.MaxQuestionLength ? SemanticCacheReason.QuestionTooLong
            : SemanticCacheReason.None;
        if (bypass != SemanticCacheReason.None)
        {
            return new CacheRequest { BypassReason = bypass };
        }

        if (!TryGetScope(query.Scope, out var scope))
        {
            return new CacheRequest { BypassReason = SemanticCacheReason.ScopeUnknown };
        }

        var names = keys.NamesOf(scope, query.Partition);
        var question = keys.Question(names.Partition, query.Question);
        return new CacheRequest
        {
            Question = query.Question,
            ScopeLabel = names.ScopeLabel,
            Partition = names.Partition,
            QuestionDigest = question,
            QuestionKey = question.ToShortText(),
            Tags = query.Tags.Count == 0 ? [] : [.. query.Tags],
            TimeToLive = query.TimeToLive ?? settings.TimeToLive,
            MinimumSimilarity = Math.Max(settings.MinimumSimilarityOf(scope), query.MinimumSimilarity ?? -1),
            MayExplore = mayExplore,
            Mode = query.Mode,
            ExactOnly = query.ExactOnly,
            Ticket = new WriteTicket(removals.Now, time.GetUtcNow().UtcDateTime),
            CurrentSourceVersion = query.CurrentSourceVersion,
        };
    }

    /// <summary>Finds the scope of a call that manages entries.</summary>
    /// <exception cref="InvalidOperationException">No scope is known.</exception>
    public CacheScope ScopeOf(CacheScope? named) => named ?? _scopeProvider.Value?.GetScope() ?? SharedScope();

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

        if (!Enum.IsDefined(query.Mode))
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.Mode, "Mode is not one of the defined values.");
        }

        ArgumentNullException.ThrowIfNull(query.Tags, $"{nameof(query)}.{nameof(query.Tags)}");
        if (query.Tags.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("Tags must not contain a null or empty tag.", nameof(query));
        }
    }

    private bool TryGetScope(CacheScope? named, out CacheScope scope)
    {
        scope = CacheScope.Shared;
        CacheScope? ambient;
        try
        {
            ambient = named ?? _scopeProvider.Value?.GetScope();
        }
        catch (Exception exception)
        {
            telemetry.Failed(TelemetryNames.Operations.Scope, exception.GetType().Name);
            return false;
        }

        scope = ambient ?? SharedScope();
        return true;
    }

    private CacheScope SharedScope() => settings.ShareAcrossCallers
        ? CacheScope.Shared
        : throw new InvalidOperationException(
            "It is not known who may share this answer. Name a scope (SemanticCacheQuery.Scope, or register an ICacheScopeProvider) to keep "
            + "callers apart, or set SemanticCacheOptions.ShareAcrossCallers to true if all callers may see each other's answers.");
}
