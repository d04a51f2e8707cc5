using Microsoft.Extensions.AI;

namespace RagCaching.Tests.Chat.Requests;

/// <summary>Messages that hold context: neither the question nor a turn, and equal for an answer to be served.</summary>
public sealed class ContextMessageTests : IDisposable
{
    private const string Question = "What does it cost?";
    private const string Reworded = "How much is it?";

    private readonly ChatClientFixture _fixture = new(new SemanticCachingChatClientOptions { ContextMessages = message => message.AuthorName == "context" });

    public ContextMessageTests() => _fixture.Cache.SameMeaning(Question, Reworded);

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ContextBesideTheQuestion_IsMatchedByMeaningWhereItIsEqual(bool isAfter)
    {
        var first = await AskAsync(Question, "Prices: 10.", isAfter);
        var again = await AskAsync(Question, "Prices: 10.", isAfter);
        var reworded = await AskAsync(Reworded, "Prices: 10.", isAfter);
        var otherContext = await AskAsync(Question, "Prices: 20.", isAfter);
        var otherPlace = await AskAsync(Question, "Prices: 10.", !isAfter);

        Assert.Equal(
            [SemanticCacheOutcome.Miss, SemanticCacheOutcome.ExactHit, SemanticCacheOutcome.SemanticHit, SemanticCacheOutcome.Miss, SemanticCacheOutcome.Miss],
            [first, again, reworded, otherContext, otherPlace]);
    }

    [Fact]
    public async Task Model_GetsTheMessagesAsTheyAre()
    {
        await AskAsync(Question, "Prices: 10.", isAfter: true);

        Assert.Equal([Question, "Prices: 10."], _fixture.Inner.Requests[0].Messages.Select(message => message.Text));
        Assert.All(_fixture.Inner.Requests[0].Messages, message => Assert.Equal(ChatRole.User, message.Role));
    }

    /// <summary>A rewriter sees what was said, and nothing of roles that no model knows.</summary>
    [Fact]
    public async Task Rewriter_IsNotShownContext()
    {
        var shown = new List<ChatMessage>();
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions
        {
            ContextMessages = message => message.AuthorName == "context",
            Rewriting = { Rewriter = new RewriterDouble(shown) },
        });

        await fixture.AskAsync([new(ChatRole.User, "What is a cache?"), new(ChatRole.Assistant, "A memory."), Context("Prices: 10."), new(ChatRole.User, Question)]);

        Assert.Equal(["What is a cache?", "A memory.", Question], shown.Select(message => message.Text));
    }

    [Fact]
    public async Task OnlyContext_HasNoQuestionOfItsOwn()
    {
        var response = await _fixture.AskAsync([Context("Prices: 10.")]);

        Assert.Equal("answer 1", response.Text);
    }

    [Fact]
    public async Task CallbackThrows_Bypasses()
    {
        using var fixture = new ChatClientFixture(new SemanticCachingChatClientOptions { ContextMessages = _ => throw new FormatException() });

        Assert.Equal(SemanticCacheReason.CallbackFailed, (await fixture.AskAsync(Question)).GetSemanticCacheResult()!.Reason);
    }

    private static ChatMessage Context(string text) => new(ChatRole.User, text) { AuthorName = "context" };

    private async Task<SemanticCacheOutcome> AskAsync(string question, string context, bool isAfter)
    {
        var asked = new ChatMessage(ChatRole.User, question);
        ChatMessage[] messages = isAfter ? [asked, Context(context)] : [Context(context), asked];
        return (await _fixture.AskAsync(messages)).GetSemanticCacheResult()!.Outcome;
    }

    private sealed class RewriterDouble(List<ChatMessage> shown) : IQuestionRewriter
    {
        public ValueTask<string?> RewriteAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellationToken = default)
        {
            shown.AddRange(conversation);
            return ValueTask.FromResult<string?>(null);
        }
    }
}
