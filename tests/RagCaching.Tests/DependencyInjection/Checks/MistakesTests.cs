using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using RagCaching.Diagnostics;
using RagCaching.Tests.Documentation;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.DependencyInjection.Checks;

/// <summary>No mistake in configuration or registration passes in silence: each says what is wrong and what was probably meant.</summary>
public sealed class MistakesTests
{
    private const string Update = "RAGCACHING_WRITE_MISTAKES";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> InConfiguration => [.. ConfigurationMistakes.All.Select(mistake => mistake.What)];

    public static TheoryData<string> InRegistration => [.. RegistrationMistakes.All.Select(mistake => mistake.What)];

    [Theory]
    [MemberData(nameof(InConfiguration))]
    public async Task Start_MistakeInConfiguration_SaysWhatWasMeant(string what)
    {
        var (_, entries, message) = ConfigurationMistakes.All.Single(mistake => mistake.What == what);

        Assert.Equal(message, await MessageOfAsync(builder =>
        {
            builder.Configuration.AddInMemoryCollection(entries.Select(entry => KeyValuePair.Create("RagCaching:" + entry.Key, entry.Value)));
            builder.Services.AddRagCaching().BindConfiguration(builder.Configuration.GetSection("RagCaching"));
        }));
    }

    [Theory]
    [MemberData(nameof(InConfiguration))]
    public void FirstUse_WithoutAHost_SaysTheSame(string what)
    {
        var (_, entries, message) = ConfigurationMistakes.All.Single(mistake => mistake.What == what);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(entries.Select(entry => KeyValuePair.Create("RagCaching:" + entry.Key, entry.Value))).Build();
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        services.AddRagCaching().BindConfiguration(configuration.GetSection("RagCaching"));
        services.AddChatClient(new TestChatClient()).UseSemanticCache();
        using var provider = services.BuildServiceProvider();

        var exception = Assert.ThrowsAny<Exception>(provider.GetRequiredService<IChatClient>);

        Assert.Contains(message.Split("; ")[0], exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(InRegistration))]
    public async Task Start_MistakeInRegistration_SaysWhatToDo(string what)
    {
        var (_, register, message) = RegistrationMistakes.All.Single(mistake => mistake.What == what);

        Assert.Equal(message, await MessageOfAsync(register));
    }

    [Fact]
    public void Page_ListsAllOfThem()
    {
        var page = new StringBuilder("# Mistakes in configuration and registration\n\n## Short answer\n\n")
            .Append("Each of these was tried; none passes in silence. A test holds the table: it makes every mistake and compares the message. [Configuration](configuration.md) says when settings are checked.\n\n")
            .Append("## In the section `RagCaching`\n\n| Mistake | Settings | What is said |\n|---|---|---|\n");
        foreach (var (what, entries, message) in ConfigurationMistakes.All)
        {
            page.Append(null, $"| {what} | {string.Join(", ", entries.Select(entry => $"`{entry.Key}: {entry.Value ?? "null"}`"))} | {message} |\n");
        }

        page.Append("\n## In the registration\n\n| Mistake | What is said |\n|---|---|\n");
        foreach (var (what, _, message) in RegistrationMistakes.All)
        {
            page.Append(null, $"| {what} | {message} |\n");
        }

        var path = Path.Combine(DocumentationTests.Root, "docs/configuration-mistakes.md");
        if (Environment.GetEnvironmentVariable(Update) is { Length: > 0 })
        {
            File.WriteAllText(path, page.ToString());
        }

        Assert.True(page.ToString() == File.ReadAllText(path), $"docs/configuration-mistakes.md is not the table of this test. Set {Update}=1 and run this test to write it anew.");
    }

    private static async Task<string> MessageOfAsync(Action<HostApplicationBuilder> register)
    {
        var logs = FakeLogCollector.Create(new FakeLogCollectorOptions());
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(logs)));
        builder.Services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        register(builder);
        using var host = builder.Build();
        try
        {
            await host.StartAsync(Token);
            var client = host.Services.GetRequiredService<IChatClient>();
            await client.GetResponseAsync("What is a cache?", cancellationToken: Token);
            await client.GetResponseAsync("What is a cache?", new ChatOptions { Tools = [AIFunctionFactory.Create(() => 21, "temperature")] }, Token);
        }
        catch (Exception exception)
        {
            return exception is AggregateException several ? string.Join("; ", several.InnerExceptions.Select(inner => inner.Message)) : exception.Message;
        }

        return logs.GetSnapshot().Single(record => record.Id.Id == Log.ChatBypassId && record.Level == LogLevel.Warning).Message;
    }
}
