using Microsoft.Extensions.AI;
using RagCaching.Tests.Guards.Lexical;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat.Requests;

/// <summary>Real conversations of others, turn by turn through the chat client: a follow-up turn is never answered from another conversation.</summary>
[Trait("Category", "EvaluationData")]
public sealed class ConversationDataTests(ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RawFollowUpTurns_OfAllConversations_AreNeverServedAcrossConversations()
    {
        var turns = EvaluationData.ReadTurns("trec-cast");
        using var cache = new CacheFixture(options =>
        {
            options.MinimumSimilarity = 0.7f;

            // One of the turns is about now.
            options.Freshness.Behavior = FreshnessBehavior.Ignore;
        });
        var vectors = EvaluationData.ReadVectors("trec-cast");
        cache.Generator.Vector = text => vectors[text];
        using var model = new TestChatClient { ResponseCallback = (messages, options, _) => Task.FromResult(CacheFixture.Answer((string)options!.AdditionalProperties!["answer"]!)) };
        using var client = new SemanticCachingChatClient(new AnswerNamer(model), cache.Cache, options: null, cache.Services);
        var (followUps, servedWithin, servedAcross, firstTurnsServed) = (0, 0, 0, 0);
        foreach (var conversation in turns.GroupBy(turn => turn.Conversation))
        {
            // Twice, so that what is stored is also asked for again: by the same conversation it may be answered, by no other.
            foreach (var _ in (int[])[1, 2])
            {
                var messages = new List<ChatMessage>();
                foreach (var turn in conversation)
                {
                    messages.Add(new ChatMessage(ChatRole.User, turn.Raw));
                    AnswerNamer.Current.Value = $"{turn.Conversation}|{messages.Count}";
                    var response = await client.GetResponseAsync(messages, cancellationToken: Token);
                    var isHit = response.GetSemanticCacheResult()!.IsHit;
                    var isOwn = response.Text.StartsWith($"{turn.Conversation}|", StringComparison.Ordinal);
                    if (messages.Count == 1)
                    {
                        firstTurnsServed += isHit && !isOwn ? 1 : 0;
                    }
                    else
                    {
                        followUps++;
                        servedWithin += isHit && isOwn ? 1 : 0;
                        servedAcross += isHit && !isOwn ? 1 : 0;
                    }

                    // What was said in each conversation is its own, also where the first turn was answered from the cache.
                    messages.Add(new ChatMessage(ChatRole.Assistant, $"{turn.Conversation}|{messages.Count}"));
                }
            }
        }

        output.WriteLine($"{followUps} follow-up turns, {servedWithin} served to their own conversation again, {servedAcross} across conversations; {firstTurnsServed} first turns served across.");
        Assert.Equal(0, servedAcross);
        Assert.Equal(followUps / 2, servedWithin);
    }

    /// <summary>Gives the model the name of the answer besides the request, so that it does not become a part of the fingerprint.</summary>
    private sealed class AnswerNamer(IChatClient inner) : DelegatingChatClient(inner)
    {
        public static AsyncLocal<string> Current { get; } = new();

        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            base.GetResponseAsync(messages, new ChatOptions { AdditionalProperties = new() { ["answer"] = Current.Value } }, cancellationToken);
    }
}
