using System.Text.Json;
using Microsoft.Extensions.AI;
using RagCaching.Compatibility.Tests.Wire;

namespace RagCaching.Compatibility.Tests.Matrix.Rows;

public sealed class StructuredOutputTests : MatrixTests
{
    protected override ChatOptions Options => new() { ResponseFormat = ChatResponseFormat.ForJsonSchema<Definition>() };

    protected override IChatClient NewClient() => Cached(NewOpenAI().GetResponsesClient().AsIChatClient("scripted"));

    private protected override ScriptedReply Reply(JsonElement request) => new(JsonSerializer.Serialize(new Definition(Answer)));

    private protected override async Task<Seen> AskAsync(string question, bool streams)
    {
        var seen = await base.AskAsync(question, streams);
        return seen with { Contents = [$"text: {JsonSerializer.Deserialize<Definition>(seen.Text)!.Text}"] };
    }

    internal sealed record Definition(string Text);
}
