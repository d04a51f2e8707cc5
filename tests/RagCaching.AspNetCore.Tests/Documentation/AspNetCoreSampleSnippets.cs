using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.AspNetCore.Tests.Documentation;

/// <summary>The application of <c>docs/aspnetcore-sample.md</c>, which a test runs.</summary>
internal static class AspNetCoreSampleSnippets
{
    public static WebApplication Build(WebApplicationBuilder builder, IChatClient model, IEmbeddingGenerator<string, Embedding<float>> encoder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<ICacheScopeProvider, RequestScopeProvider>();
        builder.Services.AddEmbeddingGenerator(encoder);
        builder.Services.AddChatClient(model).UseSemanticCache();
        builder.Services.AddRagCaching()
            .BindConfiguration(builder.Configuration.GetSection("RagCaching"));
        builder.Services.AddAuthorization();
        builder.Services.AddHealthChecks().AddRagCaching();

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealthChecks("/health");
        app.MapGet("/ask", (string? question, IChatClient chat, HttpContext context) => string.IsNullOrWhiteSpace(question)
            ? Results.BadRequest("The question must not be blank.")
            : TypedResults.ServerSentEvents(Answers.StreamAsync(chat, question, context.RequestAborted))).RequireAuthorization();
        app.MapPost("/report", async (AnswerReport report, ISemanticCacheManager manager, CancellationToken cancellationToken) =>
            await manager.ReportAsync(report.EntryId, report.Question, report.Correct, cancellationToken: cancellationToken) == EntryStatus.Done
                ? Results.NoContent()
                : Results.NotFound()).RequireAuthorization();
        return app;
    }
}

/// <summary>Answers belong to the user who asks, within a tenant.</summary>
internal sealed class RequestScopeProvider(IHttpContextAccessor accessor) : ICacheScopeProvider
{
    public CacheScope? GetScope() => accessor.HttpContext?.User is { Identity.IsAuthenticated: true } user
        ? CacheScope.For(user.FindFirstValue("tenant")!, user.Identity.Name!)
        : null;
}

/// <summary>An answer as server-sent events: its text piece by piece, then where it came from.</summary>
internal static class Answers
{
    public static async IAsyncEnumerable<SseItem<string>> StreamAsync(IChatClient chat, string question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SemanticCacheResult? origin = null;
        await foreach (var update in chat.GetStreamingResponseAsync(question, cancellationToken: cancellationToken))
        {
            origin ??= update.GetSemanticCacheResult();
            if (update.Text.Length > 0)
            {
                yield return new SseItem<string>(update.Text, "text");
            }
        }

        yield return new SseItem<string>($"{origin?.Outcome}", "outcome");
        if (origin?.EntryId is { } entry)
        {
            yield return new SseItem<string>(entry, "entry");
        }
    }
}

/// <summary>What a user says of an answer.</summary>
internal sealed record AnswerReport(string EntryId, string Question, bool Correct);
