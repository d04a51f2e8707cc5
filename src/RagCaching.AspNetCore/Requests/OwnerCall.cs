using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.AspNetCore.Decisions;
using RagCaching.Contract;
using RagCaching.Contract.Transfers;

namespace RagCaching.AspNetCore.Requests;

/// <summary>One request to an endpoint: the cache that it is about, and what its sender may see of it.</summary>
internal sealed class OwnerCall
{
    private readonly RagCachingEndpointOptions _options;

    public OwnerCall(HttpContext context, RagCachingEndpointOptions options)
    {
        _options = options;
        Context = context;
        Rules = RulesInForce.Of(context.RequestServices, options.ServiceKey);
        Scope = options.Scope?.Invoke(context) ?? (options.AllScopes ? null : Rules.ShareAcrossCallers ? CacheScope.Shared
            : throw new Refusal("It is not known which scope you may see. The host names one with RagCachingEndpointOptions.Scope, or allows all with AllScopes.", StatusCodes.Status403Forbidden));
    }

    public HttpContext Context { get; }

    /// <summary>Gets the rules that the cache goes by.</summary>
    public IOwnersRules Rules { get; }

    /// <summary>Gets the only scope that the sender may see and change; <see langword="null"/> for all.</summary>
    public CacheScope? Scope { get; }

    /// <summary>Gets a value indicating whether the sender may see what concerns all callers.</summary>
    public bool SeesAll => Scope is null;

    public bool ShowsTexts => _options.EnableSensitiveData;

    /// <summary>Gets a value indicating whether costs are known at all.</summary>
    public bool HasPrices => Rules.HasPrices || Context.RequestServices.GetKeyedService<IModelPrices>(_options.ServiceKey) is not null || Context.RequestServices.GetService<IModelPrices>() is not null;

    /// <summary>Gets what shows answers one by one.</summary>
    /// <exception cref="NotSupportedException">The cache of the host cannot.</exception>
    public ISemanticCacheEntries Entries => Get<ISemanticCache>() as ISemanticCacheEntries ?? throw new NotSupportedException("The registered ISemanticCache is not that of AddRagCaching, and does not list its answers.");

    public CancellationToken Aborted => Context.RequestAborted;

    public DecisionLog? Decisions => Context.RequestServices.GetKeyedService<DecisionLog>(_options.ServiceKey);

    public ISemanticCacheManager Manager => Get<ISemanticCacheManager>();

    /// <summary>Gets the one scope that a change is about.</summary>
    public CacheScope OneScope => Scope ?? (Rules.ShareAcrossCallers ? CacheScope.Shared : throw new Refusal("This is about one scope, and you may see all. Let RagCachingEndpointOptions.Scope name the one that is meant."));

    /// <summary>Makes what the sender is told of what came of a change: that another scope has an answer is for those only who may see all.</summary>
    public EntryStatus Told(EntryStatus status) => status != EntryStatus.OtherScope ? status
        : SeesAll ? throw new Refusal("The answer is one of another scope than the shared one. Let RagCachingEndpointOptions.Scope name its scope.", StatusCodes.Status409Conflict)
        : EntryStatus.Unknown;

    public TService Get<TService>()
        where TService : class => Context.RequestServices.GetRequiredKeyedService<TService>(_options.ServiceKey);

    /// <summary>Makes the filter that a body describes, within what the sender may see.</summary>
    public EntryFilter FilterOf(FilterBody body) => new()
    {
        Scope = Scope,
        AllScopes = Scope is null,
        Tag = Checks.Optional(body.Tag, "tag", Checks.MaxName),
        SourceId = Checks.Optional(body.SourceId, "sourceId", Checks.MaxName),
        ModelId = Checks.Optional(body.ModelId, "modelId", Checks.MaxName),
        CreatedBy = Checks.Optional(body.CreatedBy, "createdBy", Checks.MaxName),
        CreatedBefore = body.CreatedBefore,
    };
}
