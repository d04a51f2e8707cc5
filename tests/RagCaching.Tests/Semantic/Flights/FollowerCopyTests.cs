using Microsoft.Extensions.AI;
using RagCaching.Semantic.Flights;

namespace RagCaching.Tests.Semantic.Flights;

public sealed class FollowerCopyTests
{
    [Fact]
    public void Of_PieceOfAnotherCaller_LeavesOutWhatIsTheirs()
    {
        var update = new ChatResponseUpdate(ChatRole.Assistant, [new TextContent("A memory."), new UsageContent(new UsageDetails { InputTokenCount = 3 }), new TextReasoningContent("I think.")])
        {
            ConversationId = "conversation of the starter",
            RawRepresentation = new object(),
            AdditionalProperties = new() { ["object"] = new object(), ["plain"] = 1 },
            MessageId = "m1",
            FinishReason = ChatFinishReason.Stop,
        };

        var copy = FollowerCopy.Of(update);

        Assert.Null(copy.ConversationId);
        Assert.Null(copy.RawRepresentation);
        Assert.Equal(["plain"], copy.AdditionalProperties!.Keys);
        Assert.Equal([typeof(TextContent), typeof(TextReasoningContent)], copy.Contents.Select(content => content.GetType()));
        Assert.Equal(("A memory.", "m1", ChatFinishReason.Stop), (copy.Text, copy.MessageId, copy.FinishReason));
    }

    [Fact]
    public void Of_PieceOfAnotherCaller_CanBeChangedWithoutChangingTheirs()
    {
        var update = new ChatResponseUpdate(ChatRole.Assistant, [new TextContent("A memory.") { AdditionalProperties = new() { ["a"] = 1 } }]) { AdditionalProperties = new() { ["b"] = 1 } };

        var copy = FollowerCopy.Of(update);
        var text = Assert.IsType<TextContent>(Assert.Single(copy.Contents));
        text.Text = "changed";
        text.AdditionalProperties!.Clear();
        copy.AdditionalProperties!.Clear();
        copy.Contents.Clear();

        var own = Assert.IsType<TextContent>(Assert.Single(update.Contents));
        Assert.Equal("A memory.", own.Text);
        Assert.Equal(["a"], own.AdditionalProperties!.Keys);
        Assert.Equal(["b"], update.AdditionalProperties!.Keys);
    }
}
