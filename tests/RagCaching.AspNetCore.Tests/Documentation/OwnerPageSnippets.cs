using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.AspNetCore.Tests.Documentation;

internal static class OwnerPageSnippets
{
    public static void Map(WebApplicationBuilder builder, WebApplication app)
    {
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true).AddDecisionLog();
        builder.Services.AddAuthorizationBuilder().AddPolicy("owner", policy => policy.RequireRole("cache-owner"));
        builder.Services.AddHealthChecks().AddRagCaching();

        app.UseAuthentication();
        app.UseAuthorization();
        app.MapRagCaching("/rag-cache", options => (options.AuthorizationPolicy, options.AllScopes) = ("owner", true));
    }
}
