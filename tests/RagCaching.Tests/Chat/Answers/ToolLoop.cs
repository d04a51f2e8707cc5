using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat.Answers;

/// <summary>A model that calls the tools that the question names, one round after the other, and then answers.</summary>
internal sealed class ToolLoop : IDisposable
{
    public const string Answer = "All is well.";

    private int _invocations;
    private int _waiting;

    public ToolLoop(SemanticCachingChatClientOptions options, bool isOutside = false)
    {
        Inner.ResponseCallback = async (messages, _, _) => await ReplyAsync(messages);
        Inner.StreamCallback = (messages, _, _) => StreamAsync(messages);
        if (isOutside)
        {
            Functions = new FunctionInvokingChatClient(new SemanticCachingChatClient(Inner, Cache.Cache, options, Cache.Services));
            Client = Functions;
        }
        else
        {
            Functions = new FunctionInvokingChatClient(Inner);
            Client = new SemanticCachingChatClient(Functions, Cache.Cache, options, Cache.Services);
        }
    }

    public CacheFixture Cache { get; } = new();

    public TestChatClient Inner { get; } = new();

    public FunctionInvokingChatClient Functions { get; }

    public IChatClient Client { get; }

    /// <summary>How often a tool ran.</summary>
    public int Invocations => Volatile.Read(ref _invocations);

    /// <summary>How many runs of a tool are held back.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public bool Fails { get; set; }

    /// <summary>Holds back every tool until it completes.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public AIFunction Tool(string name) => AIFunctionFactory.Create(
        async (int number) =>
        {
            Interlocked.Increment(ref _invocations);
            Interlocked.Increment(ref _waiting);
            await (Gate?.Task ?? Task.CompletedTask);
            return Fails ? throw new InvalidOperationException("The tool failed.") : $"{name} {number}";
        },
        name,
        $"does {name}");

    public Task<ChatResponse> AskAsync(bool streams, params string[] rounds) => AskAsync(streams, rounds, new ChatOptions { Tools = [.. rounds.SelectMany(round => round.Split('+')).Select(Tool)] });

    public async Task<ChatResponse> AskAsync(bool streams, string[] rounds, ChatOptions? options)
    {
        var question = $"Please do {string.Join(' ', rounds)}";
        return streams
            ? await Client.GetStreamingResponseAsync(question, options, TestContext.Current.CancellationToken).ToChatResponseAsync(TestContext.Current.CancellationToken)
            : await Client.GetResponseAsync(question, options, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        Client.Dispose();
        Cache.Dispose();
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(IReadOnlyList<ChatMessage> messages)
    {
        foreach (var update in (await ReplyAsync(messages)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    private static Task<ChatResponse> ReplyAsync(IReadOnlyList<ChatMessage> messages)
    {
        var rounds = messages.Last(message => message.Role == ChatRole.User).Text.Split(' ')[2..];
        var done = messages.Count(message => message.Role == ChatRole.Tool);
        if (done == rounds.Length)
        {
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer) { MessageId = "last" }) { FinishReason = ChatFinishReason.Stop });
        }

        AIContent[] calls = [.. rounds[done].Split('+').Select((name, i) => new FunctionCallContent($"{done}.{i}", name, new Dictionary<string, object?> { ["number"] = i }))];
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, calls) { MessageId = $"m{done}" }) { FinishReason = ChatFinishReason.ToolCalls });
    }
}
