using Microsoft.Extensions.AI;
using OpenAI.Responses;

namespace RagCaching.Compatibility.Tests.Matrix.Rows;

/// <summary>The provider keeps nothing. That is said behind the cache, which cannot compare a raw representation.</summary>
public sealed class ResponsesNoStoreTests : MatrixTests
{
    protected override IChatClient NewClient() => Cached(new ChatClientBuilder(NewOpenAI().GetResponsesClient().AsIChatClient("scripted"))
        .ConfigureOptions(options => options.RawRepresentationFactory = _ => new CreateResponseOptions { StoredOutputEnabled = false })
        .Build());
}
