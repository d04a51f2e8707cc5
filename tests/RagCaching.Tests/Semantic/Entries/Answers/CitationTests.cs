using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Entries.Answers;

public sealed class CitationTests : IDisposable
{
    private readonly CacheFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Hit_WholeAnswer_CarriesItsCitationsAndProperties()
    {
        var text = new TextContent("Ten euros.") { Annotations = [Citation()], AdditionalProperties = new() { ["confidence"] = 0.5 } };
        var message = new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("Let me see."), text]) { AdditionalProperties = new() { ["channel"] = "final" } };
        await _fixture.Cache.StoreAsync("What does it cost?", new ChatResponse(message) { FinishReason = ChatFinishReason.Stop, AdditionalProperties = new() { ["region"] = "eu" } }, Token);

        var served = (await _fixture.Cache.LookupAsync("What does it cost?", Token)).Response!;

        var content = Assert.IsType<TextContent>(Assert.Single(served.Messages).Contents[1]);
        AssertSame(Citation(), Assert.IsType<CitationAnnotation>(Assert.Single(content.Annotations!)));
        Assert.Equal((0.5, "final", "eu"), (content.AdditionalProperties!["confidence"], served.Messages[0].AdditionalProperties!["channel"], served.AdditionalProperties!["region"]));
    }

    [Fact]
    public async Task Hit_StreamedAnswer_ReplaysCitationsWithTheirPiece()
    {
        var stream = new[]
        {
            new ChatResponseUpdate(ChatRole.Assistant, "It costs "),
            new ChatResponseUpdate(ChatRole.Assistant, [new TextContent("ten euros.") { Annotations = [Citation()] }]),
            new ChatResponseUpdate(ChatRole.Assistant, " Tax"),
            new ChatResponseUpdate(ChatRole.Assistant, " included.") { FinishReason = ChatFinishReason.Stop },
        };
        await (await _fixture.Cache.GetOrStreamAsync("What does it cost?", _ => stream.ToAsyncEnumerable(), Token)).ToListAsync(Token);

        var replayed = await (await _fixture.Cache.GetOrStreamAsync("What does it cost?", _ => throw new InvalidOperationException(), Token)).ToListAsync(Token);

        Assert.Equal(["It costs ", "ten euros.", " Tax", " included.", ""], replayed.Select(update => update.Text));
        AssertSame(Citation(), Assert.IsType<CitationAnnotation>(Assert.Single(replayed[1].Contents.Single().Annotations!)));
        Assert.All(replayed.Where((_, index) => index != 1), update => Assert.All(update.Contents, content => Assert.Null(content.Annotations)));
    }

    /// <summary>The Responses client names the sources of a streamed text after it, in a content of its own.</summary>
    [Fact]
    public async Task Hit_CitationsAfterTheText_AreReplayedAsTheyCame()
    {
        var stream = new[]
        {
            new ChatResponseUpdate(ChatRole.Assistant, "Ten "),
            new ChatResponseUpdate(ChatRole.Assistant, "euros."),
            new ChatResponseUpdate(ChatRole.Assistant, [new AIContent { Annotations = [Citation()] }, new AIContent()]),
            new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop },
        };
        await (await _fixture.Cache.GetOrStreamAsync("What does it cost?", _ => stream.ToAsyncEnumerable(), Token)).ToListAsync(Token);

        var replayed = await (await _fixture.Cache.GetOrStreamAsync("What does it cost?", _ => throw new InvalidOperationException(), Token)).ToListAsync(Token);

        Assert.Equal(["Ten ", "euros.", "", ""], replayed.Select(update => update.Text));
        var content = Assert.Single(replayed[2].Contents);
        Assert.Equal(typeof(AIContent), content.GetType());
        AssertSame(Citation(), Assert.IsType<CitationAnnotation>(Assert.Single(content.Annotations!)));
    }

    [Fact]
    public async Task GetOrStream_ContentOfAnUnknownKind_IsNotStored()
    {
        var stream = new[] { new ChatResponseUpdate(ChatRole.Assistant, [new TextContent("Ten."), new AIContent { RawRepresentation = new object() }]) { FinishReason = ChatFinishReason.Stop } };

        await (await _fixture.Cache.GetOrStreamAsync("What does it cost?", _ => stream.ToAsyncEnumerable(), Token)).ToListAsync(Token);

        Assert.Empty(_fixture.Store.Written);
    }

    [Fact]
    public async Task Hit_ChangedByItsCaller_DoesNotChangeTheCacheOrAFollower()
    {
        var model = new StreamDouble();
        var first = (await _fixture.Cache.GetOrStreamAsync("What does it cost?", model.StreamAsync, Token)).GetAsyncEnumerator(Token);
        var reading = first.MoveNextAsync().AsTask();
        var call = await model.NextCallAsync();
        var second = (await _fixture.Cache.GetOrStreamAsync("What does it cost?", model.StreamAsync, Token)).GetAsyncEnumerator(Token);
        call.Write(new ChatResponseUpdate(ChatRole.Assistant, [new TextContent("Ten.") { Annotations = [Citation()] }]));
        await reading;
        await second.MoveNextAsync();
        ((CitationAnnotation)first.Current.Contents[0].Annotations![0]).Title = "changed";

        AssertSame(Citation(), (CitationAnnotation)second.Current.Contents[0].Annotations![0]);
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    private static CitationAnnotation Citation() => new()
    {
        Title = "Prices",
        Url = new Uri("https://example.org/prices#today"),
        FileId = "file-1",
        ToolName = "search",
        Snippet = "ten \U0001F4B6",
        AnnotatedRegions = [new TextSpanAnnotatedRegion { StartIndex = 0, EndIndex = 3 }, new TextSpanAnnotatedRegion { StartIndex = 4 }],
        AdditionalProperties = new() { ["rank"] = 1L },
    };

    private static void AssertSame(CitationAnnotation expected, CitationAnnotation actual)
    {
        Assert.Equal((expected.Title, expected.Url, expected.FileId, expected.ToolName, expected.Snippet), (actual.Title, actual.Url, actual.FileId, actual.ToolName, actual.Snippet));
        Assert.Equal(
            expected.AnnotatedRegions!.Cast<TextSpanAnnotatedRegion>().Select(region => (region.StartIndex, region.EndIndex)),
            actual.AnnotatedRegions!.Cast<TextSpanAnnotatedRegion>().Select(region => (region.StartIndex, region.EndIndex)));
        Assert.Equal(1L, actual.AdditionalProperties!["rank"]);
        Assert.Null(actual.RawRepresentation);
    }
}
