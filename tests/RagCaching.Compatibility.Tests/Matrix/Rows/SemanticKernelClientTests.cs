using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace RagCaching.Compatibility.Tests.Matrix.Rows;

/// <summary>A connector of Semantic Kernel, as a chat client.</summary>
public sealed class SemanticKernelClientTests : MatrixTests
{
    protected override IChatClient NewClient() => Cached(new OpenAIChatCompletionService("scripted", NewOpenAI()).AsChatClient());
}
