using System.Text.Json;
using Microsoft.Extensions.AI;
using RagCaching.Compatibility.Tests.Wire;

namespace RagCaching.Compatibility.Tests.Matrix.Rows;

public sealed class ReasoningTests : MatrixTests
{
    protected override IChatClient NewClient() => Cached(NewOpenAI().GetResponsesClient().AsIChatClient("scripted"));

    private protected override ScriptedReply Reply(JsonElement request) => new(Answer) { Reasoning = "The user wants a definition." };

    private protected override void CheckFidelity(Seen again) => Assert.Contains("reasoning: The user wants a definition.", again.Contents);
}
