using Microsoft.Extensions.AI;

namespace RagCaching.Tests.Chat.Requests;

/// <summary>Images and other binary content: compared by their bytes; by meaning only with equal ones.</summary>
public sealed class AttachmentTests : IDisposable
{
    private const string Question = "What is in the picture?";
    private const string Reworded = "What does the picture show?";

    private readonly ChatClientFixture _fixture = new();

    public AttachmentTests() => _fixture.Cache.SameMeaning(Question, Reworded);

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task SameBytes_AreServedExactlyAndByMeaning()
    {
        await AskAsync(Question, Image(1));

        Assert.Equal(SemanticCacheOutcome.ExactHit, await AskAsync(Question, Image(1)));
        Assert.Equal(SemanticCacheOutcome.SemanticHit, await AskAsync(Reworded, Image(1)));
    }

    public static TheoryData<string> Others => ["bytes", "type", "name", "property", "second", "order", "none", "earlier"];

    [Theory]
    [MemberData(nameof(Others))]
    public async Task OtherAttachments_ShareNothing(string difference)
    {
        await AskAsync(Question, Image(1), Image(2));
        AIContent[] other = difference switch
        {
            "bytes" => [Image(1), Image(3)],
            "type" => [Image(1), new DataContent(new byte[] { 2 }, "image/jpeg")],
            "name" => [Image(1), new DataContent(new byte[] { 2 }, "image/png") { Name = "b.png" }],
            "property" => [Image(1), new DataContent(new byte[] { 2 }, "image/png") { AdditionalProperties = new() { ["detail"] = "high" } }],
            "second" => [Image(1)],
            "order" => [Image(2), Image(1)],
            _ => [],
        };

        Assert.Equal(SemanticCacheOutcome.Miss, await AskAsync(Question, other));
        Assert.Equal(SemanticCacheOutcome.Miss, await AskAsync(Reworded, Image(4)));
    }

    [Fact]
    public async Task ImageOfAnEarlierTurn_IsCompared()
    {
        ChatMessage[] Conversation(byte image) => [new(ChatRole.User, [new TextContent("Look."), Image(image)]), new(ChatRole.Assistant, "A cat."), new(ChatRole.User, "And its colour?")];
        await _fixture.AskAsync(Conversation(1));

        Assert.True((await _fixture.AskAsync(Conversation(1))).GetSemanticCacheResult()!.IsHit);
        Assert.False((await _fixture.AskAsync(Conversation(2))).GetSemanticCacheResult()!.IsHit);
    }

    [Fact]
    public async Task PropertyThatCannotBeCompared_Bypasses()
    {
        var image = new DataContent(new byte[] { 1 }, "image/png") { AdditionalProperties = new() { ["detail"] = new object() } };

        Assert.Equal(SemanticCacheOutcome.Bypass, await AskAsync(Question, image));
    }

    /// <summary>What stands behind an address may change.</summary>
    [Fact]
    public async Task AddressOrId_Bypasses()
    {
        var response = await _fixture.AskAsync([new ChatMessage(ChatRole.User, [new TextContent(Question), new UriContent("http://localhost/a.png", "image/png")])]);

        Assert.Equal(SemanticCacheReason.NonTextContent, response.GetSemanticCacheResult()!.Reason);
        Assert.Equal(SemanticCacheOutcome.Bypass, await AskAsync(Question, new HostedFileContent("file-1")));
    }

    private static DataContent Image(byte content) => new(new[] { content }, "image/png");

    private async Task<SemanticCacheOutcome> AskAsync(string question, params AIContent[] attachments) =>
        (await _fixture.AskAsync([new ChatMessage(ChatRole.User, [new TextContent(question), .. attachments])])).GetSemanticCacheResult()!.Outcome;
}
