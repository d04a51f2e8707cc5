using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using RagCaching.Compatibility.Tests.Agents;

namespace RagCaching.Compatibility.Tests.Matrix.Rows;

/// <summary>An agent whose context provider adds a message after the user's.</summary>
public sealed class AgentWithContextTests : MatrixTests
{
    private AIAgent? _agent;

    private AIAgent Agent => _agent ??= new ChatClientAgent(
        NewOpenAI().GetChatClient("scripted").AsIChatClient(), new ChatClientAgentOptions { AIContextProviders = [new ContextDouble { Message = "Caches are memories." }] })
        .AsBuilder().UseSemanticCache(Cache.Cache).Build(Cache.Services);

    protected override IChatClient NewClient() => throw new NotSupportedException("An agent is asked, and no chat client.");

    private protected override async Task<Seen> AskAsync(string question, bool streams) => Seen.Of(streams
        ? (await Agent.RunStreamingAsync(question, cancellationToken: Token).ToListAsync(Token)).Select(update => update.AsChatResponseUpdate()).ToChatResponse()
        : (await Agent.RunAsync(question, cancellationToken: Token)).AsChatResponse());
}
