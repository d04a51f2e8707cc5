using System.Text.Json;
using Microsoft.Extensions.AI;
using RagCaching.Compatibility.Tests.Wire;

namespace RagCaching.Compatibility.Tests.Matrix.Rows;

public sealed class CitationTests : MatrixTests
{
    protected override IChatClient NewClient() => Cached(NewOpenAI().GetResponsesClient().AsIChatClient("scripted"));

    private protected override ScriptedReply Reply(JsonElement request) => new(Answer) { Source = "http://localhost/cache" };

    private protected override void CheckFidelity(Seen again) => Assert.Contains("source: A source http://localhost/cache", again.Contents);
}
