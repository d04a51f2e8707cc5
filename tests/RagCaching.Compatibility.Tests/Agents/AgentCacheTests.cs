using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OpenAI;
using RagCaching.Compatibility.Tests.Wire;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Compatibility.Tests.Agents;

/// <summary>Agents with a cache, over real HTTP: context, sessions, tools, structured output, streams.</summary>
public sealed class AgentCacheTests : IAsyncLifetime
{
    private const string Question = "What does it cost?";
    private const string Reworded = "How much is it?";
    private const string Later = "And for students?";

    private readonly CacheFixture _cache = new();
    private readonly ContextDouble _context = new() { Message = "Prices: ten euros." };
    private ScriptedModel? _model;
    private int _toolRuns;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ScriptedModel Model => _model!;

    public async ValueTask InitializeAsync()
    {
        _model = await ScriptedModel.StartAsync();
        _model.Script = _ => new ScriptedReply($"Ten euros, says call {Model.Calls}.");
        _cache.SameMeaning(Question, Reworded);
    }

    public async ValueTask DisposeAsync()
    {
        _cache.Dispose();
        await Model.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SameContext_IsServedExactlyAndByMeaning(bool streams)
    {
        var agent = NewAgent();

        var first = await AskAsync(agent, Question, streams);
        var again = await AskAsync(agent, Question, streams);
        var reworded = await AskAsync(agent, Reworded, !streams);

        Assert.Equal(1, Model.Calls);
        Assert.Equal((SemanticCacheOutcome.ExactHit, SemanticCacheOutcome.SemanticHit), (again.Outcome, reworded.Outcome));
        Assert.Equal((first.Text, first.Text), (again.Text, reworded.Text));
        Assert.Equal([first.Text, first.Text, first.Text], _context.Answers);
        Assert.Contains("Prices: ten euros.", Model.Requests[0].GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("message")]
    [InlineData("instructions")]
    [InlineData("none")]
    public async Task OtherContext_IsNotServed(string difference)
    {
        var agent = NewAgent();
        await AskAsync(agent, Question);
        _context.Message = difference == "message" ? "Prices: twenty euros." : difference == "none" ? null : _context.Message;
        _context.Instructions = difference == "instructions" ? "Be brief." : null;

        var exact = await AskAsync(agent, Question);
        var reworded = await AskAsync(agent, Reworded);

        Assert.Equal((2, SemanticCacheOutcome.Miss, SemanticCacheOutcome.SemanticHit), (Model.Calls, exact.Outcome, reworded.Outcome));
        Assert.Equal(exact.Text, reworded.Text);
    }

    /// <summary>A session that the agent keeps: a hit is a turn of it like any other, and a later turn is served to the same conversation only.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sessions_HoldHitsAndServeLaterTurnsToTheSameConversation(bool streams)
    {
        var agent = NewAgent();
        var (first, second, other) = (await agent.CreateSessionAsync(Token), await agent.CreateSessionAsync(Token), await agent.CreateSessionAsync(Token));
        await AskAsync(agent, Question, streams, first);
        await AskAsync(agent, Later, streams, first);
        Assert.Equal(2, Model.Calls);

        var hit = await AskAsync(agent, Question, streams, second);
        var laterHit = await AskAsync(agent, Later, streams, second);
        await AskAsync(agent, "Who are you?", streams, other);
        var laterMiss = await AskAsync(agent, Later, streams, other);

        Assert.Equal((SemanticCacheOutcome.ExactHit, SemanticCacheOutcome.ExactHit, SemanticCacheOutcome.Miss), (hit.Outcome, laterHit.Outcome, laterMiss.Outcome));
        Assert.Contains("What does it cost?", Model.Requests[1].GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SessionOfAnotherTenant_IsNeverServed(bool streams)
    {
        var agent = NewAgent();
        var (first, second) = (await agent.CreateSessionAsync(Token), await agent.CreateSessionAsync(Token));
        await AskAsync(agent, Question, streams, first, OfTenant("a"));
        await AskAsync(agent, Later, streams, first, OfTenant("a"));

        var exact = await AskAsync(agent, Question, streams, second, OfTenant("b"));
        var later = await AskAsync(agent, Later, streams, second, OfTenant("b"));
        var own = await AskAsync(agent, Question, streams, session: null, OfTenant("a"));

        Assert.Equal((4, SemanticCacheOutcome.Miss, SemanticCacheOutcome.Miss, SemanticCacheOutcome.ExactHit), (Model.Calls, exact.Outcome, later.Outcome, own.Outcome));
        Assert.DoesNotContain("ragcaching", Model.Requests[0].GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>A session that the provider keeps: the first turn is cached, and later ones bypass and say so.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SessionAtTheProvider_FirstTurnIsCachedAndLaterOnesBypass(bool streams)
    {
        var agent = NewAgent(client: NewOpenAI().GetResponsesClient().AsIChatClient("scripted"));
        var (first, second) = (await agent.CreateSessionAsync(Token), await agent.CreateSessionAsync(Token));
        await AskAsync(agent, Question, streams, first);
        var later = await AskAsync(agent, Later, streams, first);
        var hit = await AskAsync(agent, Question, streams, second);
        var laterOfHit = await AskAsync(agent, Later, streams, second);

        Assert.Equal((SemanticCacheOutcome.Bypass, SemanticCacheOutcome.ExactHit), (later.Outcome, hit.Outcome));
        Assert.NotEqual(SemanticCacheOutcome.Bypass, laterOfHit.Outcome);
        Assert.Contains("Ten euros", laterOfHit.Text, StringComparison.Ordinal);
        Assert.Single(_cache.Logs.GetSnapshot(), record => record.Level == LogLevel.Warning && record.Message.Contains(": HostedConversation.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StructuredOutput_IsServedAndReadAgain()
    {
        Model.Script = _ => new ScriptedReply(JsonSerializer.Serialize(new Price(10), JsonSerializerOptions.Web));
        var agent = NewAgent();

        var first = await agent.RunAsync<Price>(Question, cancellationToken: Token);
        var again = await agent.RunAsync<Price>(Question, cancellationToken: Token);
        var plain = await AskAsync(agent, Question);

        Assert.Equal((10, 10), (first.Result.Euros, again.Result.Euros));
        Assert.Equal(2, Model.Calls);
        Assert.Equal(SemanticCacheOutcome.Miss, plain.Outcome);
    }

    /// <summary>Three tools that read: the second run asks neither the model nor a tool. One that writes: nothing is stored, and that is said once.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Tools_SecondRunAsksNothingUnlessOneWrites(bool writes, bool streams)
    {
        string[] names = ["read_a", "read_b", writes ? "write" : "read_c"];
        Model.Script = request => Model.Calls % 4 is var call && call != 0 ? new ScriptedReply("") { Calls = [(names[call - 1], "{}")] } : new ScriptedReply("Done.");
        var agent = NewAgent(options => (options.CacheableTools["read_a"], options.CacheableTools["read_b"], options.CacheableTools["read_c"]) = (null, null, null), tools: names);

        await AskAsync(agent, Question, streams);
        var again = await AskAsync(agent, Question, streams);

        Assert.Equal((writes ? 8 : 4, writes ? 6 : 3), (Model.Calls, _toolRuns));
        Assert.Equal("Done.", again.Text);
        Assert.Equal(writes ? 1 : 0, _cache.Logs.GetSnapshot().Count(record => record.Level == LogLevel.Warning && record.Message.Contains(": ToolNotCacheable.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RunWithAClientFactoryOfItsOwn_GoesThroughBoth()
    {
        var agent = NewAgent();
        var seen = 0;
        ChatClientAgentRunOptions Options() => new()
        {
            ChatClientFactory = client => new ChatClientBuilder(client).Use(async (messages, options, next, token) =>
            {
                seen++;
                await next(messages, options, token);
            }).Build(),
        };

        await AskAsync(agent, Question, options: Options());
        await AskAsync(agent, Question, options: Options());

        Assert.Equal((1, 1), (Model.Calls, seen));
    }

    [Fact]
    public void Build_AgentOverNoChatClient_Throws()
    {
        var builder = new AIAgentBuilder(new NoChatAgent()).UseSemanticCache(_cache.Cache);

        Assert.Contains("chat client", Assert.Throws<InvalidOperationException>(() => builder.Build()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_HostedConversations_Throws() => Assert.Contains(
        nameof(SemanticCachingChatClientOptions.CacheHostedConversations),
        Assert.Throws<InvalidOperationException>(() => NewAgent(options => options.CacheHostedConversations = true)).Message,
        StringComparison.Ordinal);

    private static ChatClientAgentRunOptions OfTenant(string tenant) => new(new ChatOptions().WithSemanticCache(request => request.Scope = CacheScope.For(tenant)));

    private static async Task<(string Text, SemanticCacheOutcome Outcome)> AskAsync(AIAgent agent, string question, bool streams = false, AgentSession? session = null, AgentRunOptions? options = null)
    {
        if (!streams)
        {
            var response = await agent.RunAsync(question, session, options, Token);
            return (response.Text, response.GetSemanticCacheResult()!.Outcome);
        }

        var updates = await agent.RunStreamingAsync(question, session, options, Token).ToListAsync(Token);
        return (string.Concat(updates.Select(update => update.Text)), updates[0].GetSemanticCacheResult()!.Outcome);
    }

    private OpenAIClient NewOpenAI() => new(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = Model.Endpoint, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });

    private AIAgent NewAgent(Action<SemanticCachingChatClientOptions>? configure = null, IChatClient? client = null, params string[] tools)
    {
        var agent = new ChatClientAgent(client ?? NewOpenAI().GetChatClient("scripted").AsIChatClient(), new ChatClientAgentOptions
        {
            Name = "Shop",
            AIContextProviders = [_context],
            ChatOptions = new ChatOptions { Instructions = "You sell things.", Tools = [.. tools.Select(name => AIFunctionFactory.Create(() => $"{name} {++_toolRuns}", name))] },
        });
        return agent.AsBuilder().UseSemanticCache(_cache.Cache, configure).Build(_cache.Services);
    }

    private sealed record Price(int Euros);

    private sealed class NoChatAgent : AIAgent
    {
        protected override ValueTask<AgentSession> CreateSessionCoreAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        protected override ValueTask<JsonElement> SerializeSessionCoreAsync(AgentSession session, JsonSerializerOptions? jsonSerializerOptions = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        protected override ValueTask<AgentSession> DeserializeSessionCoreAsync(JsonElement serializedState, JsonSerializerOptions? jsonSerializerOptions = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        protected override Task<AgentResponse> RunCoreAsync(
            IEnumerable<ChatMessage> messages, AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        protected override IAsyncEnumerable<AgentResponseUpdate> RunCoreStreamingAsync(
            IEnumerable<ChatMessage> messages, AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
