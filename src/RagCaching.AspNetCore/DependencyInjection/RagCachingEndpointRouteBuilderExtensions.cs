using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagCaching;
using RagCaching.AspNetCore.Endpoints;
using RagCaching.AspNetCore.Page;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the page and the endpoints for the owner of a cache's answers.</summary>
public static partial class RagCachingEndpointRouteBuilderExtensions
{
    /// <summary>Maps the owner's page at a path, and its JSON endpoints below it. All require authorization.</summary>
    /// <param name="endpoints">The endpoints of the host.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="configure">Says who may use it, and what is shown.</param>
    /// <returns>The group of endpoints, for further conventions such as rate limits.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="pattern"/> is empty, or the options name a policy and allow everybody.</exception>
    /// <exception cref="InvalidOperationException">No cache is registered, or none under this key.</exception>
    /// <remarks>The host needs <c>AddAuthorization</c> and <c>UseAuthorization</c>; without them every request fails. <c>AddDecisionLog</c> on the cache's builder fills the lists and the histogram.</remarks>
    public static IEndpointConventionBuilder MapRagCaching(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/rag-cache", Action<RagCachingEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);

        var options = new RagCachingEndpointOptions();
        configure?.Invoke(options);
        options = options.Copy();
        if (options is { AllowAnonymous: true, AuthorizationPolicy: not null })
        {
            throw new ArgumentException($"The policy '{options.AuthorizationPolicy}' means nothing while {nameof(RagCachingEndpointOptions.AllowAnonymous)} is true.", nameof(configure));
        }

        var services = endpoints.ServiceProvider;
        if (services.GetService<IServiceProviderIsKeyedService>() is { } known && !(options.ServiceKey is { } key ? known.IsKeyedService(typeof(ISemanticCacheManager), key) : known.IsService(typeof(ISemanticCacheManager))))
        {
            throw new InvalidOperationException(options.ServiceKey is null ? "MapRagCaching needs a cache. Call services.AddRagCaching() first." : $"MapRagCaching needs a cache with the key '{options.ServiceKey}'. Call services.AddKeyedRagCaching with it first.");
        }

        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("RagCaching.AspNetCore");
        var group = endpoints.MapGroup(pattern);
        Authorize(group, options, logger, pattern);
        Map(group, new Endpoint(options, logger, services.GetService<TimeProvider>() ?? TimeProvider.System));
        return group;
    }

    private static void Map(RouteGroupBuilder group, Endpoint endpoint)
    {
        group.MapGet("", endpoint.Get(static call => OwnerPage.WriteAsync(call.Context)));
        group.MapGet("/statistics", endpoint.Get(StatisticsEndpoint.HandleAsync));
        group.MapGet("/decisions", endpoint.Get(DecisionsEndpoint.HandleAsync));
        group.MapGet("/entries", endpoint.Get(EntriesEndpoint.HandleAsync));
        group.MapPost("/explain", endpoint.Post(ExplainEndpoint.HandleAsync));
        group.MapPost("/report", endpoint.Post(ReportEndpoint.HandleAsync));
        group.MapPost("/remove", endpoint.Post(RemovalEndpoints.RemoveAsync));
        group.MapPost("/invalidate", endpoint.Post(RemovalEndpoints.InvalidateAsync));
        group.MapPost("/curate", endpoint.Post(CurateEndpoint.HandleAsync));
        group.MapPost("/export", endpoint.Post(ExportEndpoint.HandleAsync));
    }

    private static void Authorize(RouteGroupBuilder group, RagCachingEndpointOptions options, ILogger logger, string pattern)
    {
        if (options.AllowAnonymous)
        {
            Open(logger, pattern);
            group.AllowAnonymous();
        }
        else if (options.AuthorizationPolicy is { } policy)
        {
            group.RequireAuthorization(policy);
        }
        else
        {
            group.RequireAuthorization();
        }
    }

    [LoggerMessage(6002, LogLevel.Warning, "Everybody may use the owner's page at {Pattern}: RagCachingEndpointOptions.AllowAnonymous is true. Set it only in development.")]
    private static partial void Open(ILogger logger, string pattern);
}
