using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.DependencyInjection.Checks;

/// <summary>Mistakes in the registration, each with the message that it gets.</summary>
internal static class RegistrationMistakes
{
    /// <summary>Gets the mistakes: what it is, the registration in a host that has an embedding generator, the message.</summary>
    public static IReadOnlyList<(string What, Action<HostApplicationBuilder> Register, string Message)> All { get; } =
    [
        ("A misspelt name of the section",
            Misspelt,
            "The configuration has no section 'RagCahing', which a cache is to be configured from. Did you mean 'RagCaching'? Add the section, or do not bind it, to use the defaults."),
        ("A section that is not there",
            Missing,
            "The configuration has no section 'Cache', which a cache is to be configured from. Add the section, or do not bind it, to use the defaults."),
        ("The whole configuration instead of the section",
            Whole,
            "A cache is to be configured from the whole configuration, which has a section 'RagCaching'. Bind configuration.GetSection(\"RagCaching\")."),
        ("No embedding generator",
            NoGenerator,
            "RagCaching needs an embedding generator and none is registered. Add one: services.AddEmbeddingGenerator(new OpenAIClient(key).GetEmbeddingClient(model).AsIEmbeddingGenerator()). A cache that serves exact repeats only needs none: UseExactOnly()."),
        ("An embedding generator that is scoped",
            ScopedGenerator,
            "RagCaching needs an embedding generator that is not scoped: the cache outlives scopes. Register it as a singleton, which is the default of services.AddEmbeddingGenerator."),
        ("A comparer with the key of no chat client",
            Judge,
            "UseChatClientComparer needs a chat client with the key 'judge' and none is registered. There are chat clients with the keys 'jugde'. Did you mean 'jugde'? Add services.AddKeyedChatClient(\"judge\", ...)."),
        ("A verifier without a chat client",
            Verifier,
            "AddChatClientVerifier needs a chat client without a key and none is registered. Name a key in AddChatClientVerifier, or add services.AddChatClient(...)."),
        ("A rewriter with the key of no chat client",
            Rewriter,
            "UseChatClientQuestionRewriter needs a chat client with the key 'small' and none is registered. Add services.AddKeyedChatClient(\"small\", ...)."),
        ("A verifier where all chat clients have keys",
            KeyedOnly,
            "AddChatClientVerifier needs a chat client without a key and none is registered. There are chat clients with the keys 'large'. Name a key in AddChatClientVerifier, or add services.AddChatClient(...)."),
        ("A verifier that is scoped",
            ScopedVerifier,
            "An IMatchVerifier must not be scoped: the cache outlives scopes. Register it with AddVerifier, or as a singleton."),
        ("A scope provider that is scoped",
            ScopedProvider,
            "ICacheScopeProvider must be a singleton: the cache outlives requests and asks it anew in each. Register it with AddSingleton, and let it reach the current request, for example through IHttpContextAccessor."),
        ("A chat client without a cache",
            NoCache,
            "UseSemanticCache needs a semantic cache and none is registered. Add services.AddRagCaching(), or pass a cache to UseSemanticCache. A cache with a key is used by UseKeyedSemanticCache."),
        ("A chat client with the key of no cache",
            NoKey,
            "UseKeyedSemanticCache needs a semantic cache under the key 'fqa' and none is registered. The caches have the keys 'faq'. Did you mean 'faq'? Add services.AddKeyedRagCaching with that key."),
        ("A scope provider that returns null",
            NullScope,
            "It is not known who may share this answer: the ICacheScopeProvider NoScope returned null. Let it return a scope for this caller, or name one (SemanticCacheQuery.Scope), to keep callers apart, or set SemanticCacheOptions.ShareAcrossCallers to true if all callers may see each other's answers."),
        ("Keys of the encryption in a single value",
            ProtectionValue,
            "'RagCaching:Protection' is a section, but was a single value."),
        ("No scope and no consent to share",
            NoScopeKnown,
            "It is not known who may share this answer. Name a scope (SemanticCacheQuery.Scope, or register an ICacheScopeProvider) to keep callers apart, or set SemanticCacheOptions.ShareAcrossCallers to true if all callers may see each other's answers."),
        ("Function invocation in front of the cache",
            WrongOrder,
            "A chat request was not cached: Tools. It offers tools of which none is declared cacheable. No UseFunctionInvocation stands behind the cache: it stands in front of it, or the caller calls the tools. What is added to a ChatClientBuilder first stands in front: call UseSemanticCache before UseFunctionInvocation. Then name tools that merely read in CacheableTools, or mark the functions with AsCacheable. Said once for each reason; all are counted in ragcaching.cache.requests."),
        ("Function invocation behind the cache, and no tool that is cacheable",
            NoTool,
            "A chat request was not cached: Tools. It offers tools of which none is declared cacheable. UseFunctionInvocation stands behind the cache, as it should. Name tools that merely read in CacheableTools, or mark the functions with AsCacheable. Said once for each reason; all are counted in ragcaching.cache.requests."),
    ];

    private static void Misspelt(HostApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection([new("RagCaching:TimeToLive", "01:00:00")]);
        builder.Services.AddRagCaching().BindConfiguration(builder.Configuration.GetSection("RagCahing"));
    }

    private static void Missing(HostApplicationBuilder builder)
    {
        builder.Services.AddRagCaching().BindConfiguration(builder.Configuration.GetSection("Cache"));
    }

    private static void Whole(HostApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection([new("RagCaching:TimeToLive", "01:00:00")]);
        builder.Services.AddRagCaching().BindConfiguration(builder.Configuration);
    }

    private static void NoGenerator(HostApplicationBuilder builder)
    {
        builder.Services.RemoveAll<IEmbeddingGenerator<string, Embedding<float>>>();
        builder.Services.AddRagCaching();
    }

    private static void ScopedGenerator(HostApplicationBuilder builder)
    {
        builder.Services.RemoveAll<IEmbeddingGenerator<string, Embedding<float>>>();
        builder.Services.AddScoped<IEmbeddingGenerator<string, Embedding<float>>>(_ => new TestEmbeddingGenerator());
        builder.Services.AddRagCaching();
    }

    private static void Judge(HostApplicationBuilder builder)
    {
        builder.Services.AddKeyedChatClient("jugde", new TestChatClient());
        builder.Services.AddRagCaching().UseChatClientComparer("judge");
    }

    private static void Verifier(HostApplicationBuilder builder)
    {
        builder.Services.AddRagCaching().AddChatClientVerifier();
    }

    private static void Rewriter(HostApplicationBuilder builder)
    {
        builder.Services.AddRagCaching().UseChatClientQuestionRewriter("small");
    }

    private static void KeyedOnly(HostApplicationBuilder builder)
    {
        builder.Services.AddKeyedChatClient("large", new TestChatClient());
        builder.Services.AddRagCaching().AddChatClientVerifier();
    }

    private static void ScopedVerifier(HostApplicationBuilder builder)
    {
        builder.Services.AddRagCaching();
        builder.Services.AddScoped<IMatchVerifier>(_ => new TestVerifier((_, _) => ValueTask.FromResult(true)));
    }

    private static void ScopedProvider(HostApplicationBuilder builder)
    {
        builder.Services.AddRagCaching();
        builder.Services.AddScoped<ICacheScopeProvider>(_ => new NoScope());
    }

    private static void NoCache(HostApplicationBuilder builder)
    {
        builder.Services.AddChatClient(new TestChatClient()).UseSemanticCache();
    }

    private static void NoKey(HostApplicationBuilder builder)
    {
        builder.Services.AddKeyedRagCaching("faq");
        builder.Services.AddChatClient(new TestChatClient()).UseKeyedSemanticCache("fqa");
    }

    private static void NullScope(HostApplicationBuilder builder)
    {
        builder.Services.AddRagCaching();
        builder.Services.AddSingleton<ICacheScopeProvider>(new NoScope());
        builder.Services.AddChatClient(new TestChatClient()).UseSemanticCache();
    }

    private static void ProtectionValue(HostApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection([new("RagCaching:Protection", "c2VjcmV0")]);
        builder.Services.AddRagCaching().BindConfiguration(builder.Configuration.GetSection("RagCaching")).UseAesGcmProtection();
    }

    private static void NoScopeKnown(HostApplicationBuilder builder)
    {
        builder.Services.AddRagCaching();
        builder.Services.AddChatClient(new TestChatClient()).UseSemanticCache();
    }

    private static void WrongOrder(HostApplicationBuilder builder)
    {
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true);
        builder.Services.AddChatClient(new TestChatClient()).UseFunctionInvocation().UseSemanticCache();
    }

    private static void NoTool(HostApplicationBuilder builder)
    {
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true);
        builder.Services.AddChatClient(new TestChatClient()).UseSemanticCache().UseFunctionInvocation();
    }

    private sealed class NoScope : ICacheScopeProvider
    {
        public CacheScope? GetScope() => null;
    }
}
