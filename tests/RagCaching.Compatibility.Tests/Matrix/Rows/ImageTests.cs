using Microsoft.Extensions.AI;

namespace RagCaching.Compatibility.Tests.Matrix.Rows;

public sealed class ImageTests : MatrixTests
{
    protected override IChatClient NewClient() => Cached(NewOpenAI().GetResponsesClient().AsIChatClient("scripted"));

    protected override IEnumerable<ChatMessage> MessagesOf(string question) =>
        [new ChatMessage(ChatRole.User, [new TextContent(question), new DataContent(new byte[] { 137, 80, 78, 71 }, "image/png")])];
}
