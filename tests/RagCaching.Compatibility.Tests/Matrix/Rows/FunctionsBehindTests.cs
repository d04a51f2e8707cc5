using System.Text.Json;
using Microsoft.Extensions.AI;
using RagCaching.Compatibility.Tests.Wire;

namespace RagCaching.Compatibility.Tests.Matrix.Rows;

/// <summary><c>UseFunctionInvocation</c> behind the cache, with a function that is declared cacheable.</summary>
public sealed class FunctionsBehindTests : MatrixTests
{
    protected override int CallsPerAnswer => 2;

    protected override ChatOptions Options => new() { Tools = [AIFunctionFactory.Create(() => "a memory", "define", "Defines a word.")] };

    protected override IChatClient NewClient() => Cached(
        new FunctionInvokingChatClient(NewOpenAI().GetChatClient("scripted").AsIChatClient()), new SemanticCachingChatClientOptions { CacheableTools = { ["define"] = null } });

    private protected override ScriptedReply Reply(JsonElement request) => FunctionScript.Reply(request, Answer);

    protected override IEnumerable<string> Kept(IReadOnlyList<string> contents) => contents.Where(content => !content.StartsWith("call", StringComparison.Ordinal) && !content.StartsWith("result", StringComparison.Ordinal));
}
