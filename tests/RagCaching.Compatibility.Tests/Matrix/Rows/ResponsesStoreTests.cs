using Microsoft.Extensions.AI;

namespace RagCaching.Compatibility.Tests.Matrix.Rows;

/// <summary>The default of the Responses client: the provider keeps the conversation, and every answer has its id.</summary>
public sealed class ResponsesStoreTests : MatrixTests
{
    protected override IChatClient NewClient() => Cached(NewOpenAI().GetResponsesClient().AsIChatClient("scripted"));
}
