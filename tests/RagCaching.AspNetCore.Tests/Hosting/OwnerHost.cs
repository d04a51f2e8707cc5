using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.AspNetCore.Tests.Hosting;

/// <summary>A web application with a cache and its owner's page. Requests are from who the header X-User names.</summary>
internal sealed class OwnerHost : IAsyncDisposable
{
    public const string France = "What is the capital of France?";
    public const string Reworded = "Which city is the capital of France?";
    public const string Spain = "What is the capital of Spain?";

    private readonly WebApplication _application;

    private OwnerHost(WebApplication application, FakeLogCollector logs) => (_application, Logs) = (application, logs);

    public FakeLogCollector Logs { get; }

    public IServiceProvider Services => _application.Services;

    public ISemanticCache Cache => Services.GetRequiredService<ISemanticCache>();

    public ISemanticCacheManager Manager => Services.GetRequiredService<ISemanticCacheManager>();

    public string Address => _application.Urls.First();

    /// <summary>Starts the application, in memory or, for a browser, on a free port.</summary>
    public static async Task<OwnerHost> StartAsync(
        Action<RagCachingEndpointOptions>? configure = null, Action<SemanticCacheOptions>? cache = null, Action<IServiceCollection>? services = null, bool onPort = false, bool remembers = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddFakeLogging();
        if (onPort)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("test", null);
        builder.Services.AddAuthorizationBuilder().AddPolicy("owner", policy => policy.RequireUserName("owner"));
        builder.Services.AddEmbeddingGenerator(new TestEmbeddingGenerator { Vector = VectorOf });
        var rag = builder.Services.AddRagCaching(options =>
        {
            options.ShareAcrossCallers = true;
            options.MinimumSimilarity = 0.9f;
            cache?.Invoke(options);
        }).ConfigureLexicalGuard(options => options.Enabled = false);
        if (remembers)
        {
            rag.AddDecisionLog();
        }

        services?.Invoke(builder.Services);
        var application = builder.Build();
        application.UseAuthentication();
        application.UseAuthorization();
        application.MapRagCaching(configure: options =>
        {
            (options.AuthorizationPolicy, options.AllScopes) = ("owner", true);
            configure?.Invoke(options);
        });
        await application.StartAsync();
        return new OwnerHost(application, application.Services.GetFakeLogCollector());
    }

    /// <summary>Starts an application whose cache learns where to serve, and asks until it serves by meaning.</summary>
    /// <returns>The application, and a question to which the answer of another one was served; it is the newest decision.</returns>
    public static async Task<(OwnerHost Host, string Question, SemanticCacheResult Served)> StartLearntAsync(bool onPort = false)
    {
        // Without audits, nothing but a mark adds a label to what is served.
        var budget = new ErrorBudgetOptions { MaxErrorRate = 0.1, AuditRate = 0 }.UsePrior(ErrorBudgetPrior.For("all-minilm")!);
        var host = await StartAsync(options => options.EnableSensitiveData = true, options => (options.MinimumSimilarity, options.ErrorBudget) = (null, budget), onPort: onPort);
        for (var i = 0; i < 400; i++)
        {
            var question = $"Is {i} a number?";
            var result = await host.AskAsync(question);
            await host.Manager.FlushAsync();
            if (result.Outcome == SemanticCacheOutcome.SemanticHit)
            {
                return (host, question, result);
            }
        }

        throw new InvalidOperationException("The cache serves nothing by meaning.");
    }

    public int Labels => Manager.GetStatistics(CacheScope.Shared).ErrorBudget!.Labels;

    /// <summary>Asks one question that is new, one that is served by meaning and one that is a near miss.</summary>
    public async Task<(string Stored, SemanticCacheResult Hit, SemanticCacheResult NearMiss)> AskAsync(CacheScope? scope = null)
    {
        var stored = await AskAsync(France, scope);
        await Manager.FlushAsync();
        var hit = await AskAsync(Reworded, scope);
        var miss = await Cache.LookupAsync(new SemanticCacheQuery(Spain) { Scope = scope });
        return (stored.EntryId!, hit, miss);
    }

    public ValueTask<SemanticCacheResult> AskAsync(string question, CacheScope? scope = null) =>
        Cache.GetOrCreateAsync(new SemanticCacheQuery(question) { Scope = scope, Tags = ["geography"] }, (_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Paris"))
        {
            FinishReason = ChatFinishReason.Stop,
            ModelId = "gpt-test",
            Usage = new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 200 },
        }));

    /// <summary>Asks a question whose answer comes after something else has happened.</summary>
    public async Task<SemanticCacheResult> AskAsync(string question, Func<Task> before) => await Cache.GetOrCreateAsync(new SemanticCacheQuery(question), async (_, _) =>
    {
        await before();
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, "Paris")) { FinishReason = ChatFinishReason.Stop };
    });

    public HttpClient ClientOf(string? user)
    {
        var client = _application.GetTestClient();
        if (user is not null)
        {
            client.DefaultRequestHeaders.Add(HeaderAuthentication.Header, user);
        }

        return client;
    }

    public async Task<JsonElement> GetAsync(string path) => await ClientOf("owner").GetFromJsonAsync<JsonElement>("/rag-cache" + path);

    /// <summary>Gets what a browser would, from the port.</summary>
    public async Task<JsonElement> GetPageAsync(string path)
    {
        using var client = new HttpClient { BaseAddress = new Uri(Address) };
        client.DefaultRequestHeaders.Add(HeaderAuthentication.Header, "owner");
        return await client.GetFromJsonAsync<JsonElement>("/rag-cache" + path);
    }

    /// <summary>Sends JSON as the page does, and expects it to be accepted.</summary>
    public async Task<JsonElement> PostAsync(string path, string json)
    {
        using var response = await SendAsync(path, json);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<HttpResponseMessage> SendAsync(string path, string json, string? user = "owner", string mediaType = "application/json", bool hasHeader = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/rag-cache" + path) { Content = new StringContent(json, Encoding.UTF8, mediaType) };
        if (hasHeader)
        {
            request.Headers.Add("X-RagCaching", "1");
        }

        return await ClientOf(user).SendAsync(request);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    // Similarities to the first question: 0.97 for the re-worded one, 0.88 for the other country whatever follows its name, 0 for all else.
    private static float[] VectorOf(string text)
    {
        var isSpain = text.StartsWith(Spain, StringComparison.Ordinal);
        var cosine = isSpain ? 0.88f : text switch { France => 1, Reworded => 0.97f, _ => 0 };
        var vector = new float[16];
        vector[0] = cosine;
        vector[isSpain ? 2 : 1] = MathF.Sqrt(1 - (cosine * cosine));
        return vector;
    }
}
