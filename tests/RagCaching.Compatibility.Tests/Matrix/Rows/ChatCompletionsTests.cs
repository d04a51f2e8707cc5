using Microsoft.Extensions.AI;

namespace RagCaching.Compatibility.Tests.Matrix.Rows;

public sealed class ChatCompletionsTests : MatrixTests
{
    protected override IChatClient NewClient() => Cached(NewOpenAI().GetChatClient("scripted").AsIChatClient());
}
