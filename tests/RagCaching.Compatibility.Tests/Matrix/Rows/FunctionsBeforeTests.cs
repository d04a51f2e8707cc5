using System.Text.Json;
using Microsoft.Extensions.AI;
using RagCaching.Compatibility.Tests.Wire;

namespace RagCaching.Compatibility.Tests.Matrix.Rows;

/// <summary><c>UseFunctionInvocation</c> before the cache, which then sees each round by itself.</summary>
public sealed class FunctionsBeforeTests : MatrixTests
{
    internal override Expected Expected => new("ToolCall", "ToolCall", "ToolCall", Expected.Same);

    protected override int CallsPerAnswer => 2;

    protected override ChatOptions Options => new() { Tools = [AIFunctionFactory.Create(() => "a memory", "define", "Defines a word.")] };

    protected override IChatClient NewClient() => new FunctionInvokingChatClient(
        Cached(NewOpenAI().GetChatClient("scripted").AsIChatClient(), new SemanticCachingChatClientOptions { CacheableTools = { ["define"] = null } }));

    private protected override ScriptedReply Reply(JsonElement request) => FunctionScript.Reply(request, Answer);
}
