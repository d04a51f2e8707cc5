using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RagCaching;
using RagCaching.AotTest;

// Published with native AOT and run by .ci/run: what trimming or missing code generation breaks shows here, not in the unit tests.
if (args is ["first", var file])
{
    return await Journals.FirstAnswerAsync(file);
}

var builder = Host.CreateApplicationBuilder(args);
builder.Configuration.AddInMemoryCollection(
    [new("RagCaching:ShareAcrossCallers", "true"), new("RagCaching:MinimumSimilarity", "0.8"), new("RagCaching:Embeddings:TimeToLive", "01:00:00"),
    new("RagCaching:Protection:Keys:main", Convert.ToBase64String(new byte[32])),
    new("Budgeted:ShareAcrossCallers", "true"), new("Budgeted:ErrorBudget:MaxErrorRate", "0.05"), new("Budgeted:ErrorBudget:ComparisonTimeout", "00:00:05")]);
builder.Services.AddDistributedMemoryCache();
builder.Services.AddEmbeddingGenerator(new WordCountGenerator());
builder.Services.AddChatClient(new EchoChatClient()).UseSemanticCache();
builder.Services.AddRagCaching().BindConfiguration(builder.Configuration.GetSection("RagCaching")).AddGuard<AllowAllGuard>().UseAesGcmProtection()
    .AddRagPipeline(options => options.Selection.Diversity = 0.3)
    .AddRetriever(services => new InMemoryRetriever("memory", services.GetRequiredService<ICachedEmbedder>()))
    .AddRetriever<FixedRetriever>();
builder.Services.AddKeyedRagCaching("budgeted").BindConfiguration(builder.Configuration.GetSection("Budgeted")).AddChatClientVerifier().UseChatClientComparer();
builder.Services.AddKeyedRagCaching("local", options => (options.ShareAcrossCallers, options.MinimumSimilarity) = (true, 0.8f)).UseMiniLMEmbeddings();
using var host = builder.Build();
await host.StartAsync();

var chat = host.Services.GetRequiredService<IChatClient>();
var options = new ChatOptions { Temperature = 0 }.WithSemanticCache(request => request.Tags.Add("greeting"));
var outcomes = new List<SemanticCacheOutcome>();
foreach (var question in (string[])["what is a cache", "what is a cache", "a cache is what"])
{
    outcomes.Add((await chat.GetResponseAsync(question, options)).GetSemanticCacheResult()!.Outcome);
}

var replayed = await chat.GetStreamingResponseAsync("what is a cache", options).ToChatResponseAsync();
outcomes.Add(replayed.GetSemanticCacheResult()!.Outcome);

var memory = host.Services.GetServices<IRetriever>().OfType<InMemoryRetriever>().Single();
await memory.AddAsync("handbook", "A cache is a memory.");
var pipeline = host.Services.GetRequiredService<RagPipeline>();
outcomes.Add((await pipeline.AskAsync("what is a cache")).Outcome);
outcomes.Add((await pipeline.AskAsync("a cache is what")).Outcome);
var removed = await pipeline.InvalidateSourceAsync("handbook");
outcomes.Add((await pipeline.AskAsync("what is a cache")).Outcome);

var local = host.Services.GetRequiredKeyedService<ISemanticCache>("local");
foreach (var question in (string[])["Où est le café?", "How do I reset my password?", "How can I reset my password?"])
{
    outcomes.Add((await local.GetOrCreateAsync(question, token => new EchoChatClient().GetResponseAsync(question, cancellationToken: token))).Outcome);
}

var budgeted = host.Services.GetRequiredKeyedService<ISemanticCache>("budgeted");
var manager = host.Services.GetRequiredKeyedService<ISemanticCacheManager>("budgeted");
for (var i = 0; i < 300; i++)
{
    await budgeted.GetOrCreateTextAsync($"what is cache number {i} of shelf {i % 7}", _ => Task.FromResult(i % 3 == 0 ? $"answer {i % 7}" : $"answer {i}"));
    await manager.FlushAsync();
}

var protectors = new IPayloadProtector[]
{
    host.Services.GetRequiredService<IPayloadProtector>(),
    new DataProtectionPayloadProtector(new EphemeralDataProtectionProvider()),
};
var protects = protectors.All(protector => protector.TryUnprotect(protector.Protect([1, 2, 3], [4]), [4]) is [1, 2, 3] && protector.TryUnprotect(protector.Protect([1], [4]), [5]) is null);

var statistics = manager.GetStatistics();
await host.StopAsync();
var journalsHold = await Journals.RunAsync();

SemanticCacheOutcome[] expected =
[
    SemanticCacheOutcome.Miss, SemanticCacheOutcome.ExactHit, SemanticCacheOutcome.SemanticHit, SemanticCacheOutcome.ExactHit,
    SemanticCacheOutcome.Miss, SemanticCacheOutcome.SemanticHit, SemanticCacheOutcome.Miss,
    SemanticCacheOutcome.Miss, SemanticCacheOutcome.Miss, SemanticCacheOutcome.SemanticHit,
];
Console.WriteLine(string.Join(", ", outcomes));
Console.WriteLine($"{statistics.ErrorBudget!.Requests} decisions, {statistics.Comparisons} comparisons");
return journalsHold && protects && outcomes.SequenceEqual(expected) && removed == 1 && replayed.Text == "You asked: what is a cache"
    && statistics is { ErrorBudget.Requests: 300, Comparisons: > 0 } ? 0 : 1;
