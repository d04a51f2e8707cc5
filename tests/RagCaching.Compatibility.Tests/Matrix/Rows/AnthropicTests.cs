using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;

namespace RagCaching.Compatibility.Tests.Matrix.Rows;

public sealed class AnthropicTests : MatrixTests
{
    protected override IChatClient NewClient() => Cached(
        new AnthropicClient(new ClientOptions { BaseUrl = Model.Address.ToString().TrimEnd('/'), ApiKey = "none", MaxRetries = 0 }).AsIChatClient("scripted", 1_000));
}
