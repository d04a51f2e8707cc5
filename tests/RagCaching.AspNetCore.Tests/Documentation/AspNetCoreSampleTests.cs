using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagCaching.AspNetCore.Tests.Hosting;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.AspNetCore.Tests.Documentation;

/// <summary>The sample of <c>docs/aspnetcore-sample.md</c> does what the page says, with the settings of the page.</summary>
public sealed class AspNetCoreSampleTests
{
    private const string Question = "How do I reset my password?";
    private const string Reworded = "How can I reset my password?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Question_AskedAgainInOtherWords_IsStreamedFromTheCache()
    {
        var model = new CountingModel();
        await using var app = await StartAsync(model);
        using var anna = ClientOf(app, "shop/anna");

        var first = await AskAsync(anna, Question);
        await app.Services.GetRequiredService<ISemanticCacheManager>().FlushAsync(Token);
        var second = await AskAsync(anna, Reworded);

        Assert.Equal(("Use the link.", "Miss"), (first.Text, first.Outcome));
        Assert.Equal(("Use the link.", "SemanticHit"), (second.Text, second.Outcome));
        Assert.Equal(1, model.Calls);
    }

    [Fact]
    public async Task Question_OfAnotherTenantOrUser_IsAskedAnew()
    {
        var model = new CountingModel();
        await using var app = await StartAsync(model);
        foreach (var user in (string[])["shop/anna", "shop/ben", "bank/anna"])
        {
            using var client = ClientOf(app, user);
            Assert.Equal("Miss", (await AskAsync(client, Question)).Outcome);
        }

        Assert.Equal(3, model.Calls);
    }

    [Fact]
    public async Task Question_OfAUserWithoutTenant_IsAnsweredWithoutTheCache()
    {
        var model = new CountingModel();
        await using var app = await StartAsync(model);
        using var client = ClientOf(app, "anna");

        Assert.Equal("Bypass", (await AskAsync(client, Question)).Outcome);
        Assert.Equal("Bypass", (await AskAsync(client, Question)).Outcome);
        Assert.Equal(2, model.Calls);
    }

    [Fact]
    public async Task Report_OfAWrongAnswer_IsNotServedAgainAndOfAnotherUserIsNotFound()
    {
        var model = new CountingModel();
        await using var app = await StartAsync(model);
        using var anna = ClientOf(app, "shop/anna");
        using var ben = ClientOf(app, "shop/ben");
        await AskAsync(anna, Question);
        await app.Services.GetRequiredService<ISemanticCacheManager>().FlushAsync(Token);
        var report = new AnswerReport((await AskAsync(anna, Reworded)).Entry!, Reworded, Correct: false);

        Assert.Equal(HttpStatusCode.NotFound, (await ben.PostAsJsonAsync("/report", report, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await anna.PostAsJsonAsync("/report", report, Token)).StatusCode);
        Assert.Equal("Miss", (await AskAsync(anna, Reworded)).Outcome);
    }

    [Fact]
    public async Task Request_WithoutUserOrQuestion_IsRefused()
    {
        await using var app = await StartAsync(new CountingModel());
        using var nobody = app.GetTestClient();
        using var anna = ClientOf(app, "shop/anna");

        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/ask?question=x", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await anna.GetAsync("/ask?question=%20", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("/health", Token)).StatusCode);
    }

    private static async Task<WebApplication> StartAsync(CountingModel model)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(SettingsOfThePage())));
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("test", null);
        builder.Services.AddSingleton<IClaimsTransformation, TenantOfTheName>();
        var app = AspNetCoreSampleSnippets.Build(builder, model, new TestEmbeddingGenerator { Vector = text => text is Question ? [1, 0, 0] : text is Reworded ? [0.97f, 0.24f, 0] : [0, 0, 1] });
        await app.StartAsync(Token);
        return app;
    }

    private static string SettingsOfThePage()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RagCaching.sln")))
        {
            folder = folder.Parent!;
        }

        var page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "aspnetcore-sample.md"));
        var start = page.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static HttpClient ClientOf(WebApplication app, string user)
    {
        var client = app.GetTestClient();
        client.DefaultRequestHeaders.Add(HeaderAuthentication.Header, user);
        return client;
    }

    private static async Task<(string Text, string? Outcome, string? Entry)> AskAsync(HttpClient client, string question)
    {
        await using var stream = await client.GetStreamAsync($"/ask?question={Uri.EscapeDataString(question)}", Token);
        var events = await SseParser.Create(stream).EnumerateAsync(Token).ToListAsync(Token);
        return (
            string.Concat(events.Where(item => item.EventType == "text").Select(item => item.Data)), events.SingleOrDefault(item => item.EventType == "outcome").Data,
            events.FirstOrDefault(item => item.EventType == "entry").Data);
    }

    /// <summary>A user who is called "tenant/name" is of that tenant.</summary>
    private sealed class TenantOfTheName : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            if (principal.Identity?.Name?.Split('/') is [var tenant, _] && !principal.HasClaim(claim => claim.Type == "tenant"))
            {
                principal.AddIdentity(new ClaimsIdentity([new Claim("tenant", tenant)]));
            }

            return Task.FromResult(principal);
        }
    }

    /// <summary>Answers each question alike, in two pieces.</summary>
    private sealed class CountingModel : IChatClient
    {
        private int _calls;

        public int Calls => _calls;

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _calls);
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Use ");
            yield return new ChatResponseUpdate(ChatRole.Assistant, "the link.") { FinishReason = ChatFinishReason.Stop };
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
