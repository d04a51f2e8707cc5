using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.Onnx.Tests.MiniLM;

/// <summary>What a shop's first day is like: fifteen answers, nothing learnt yet, and the settings that nobody touched.</summary>
public sealed class ShopQuestionsTests
{
    private static readonly Faq[] Questions =
    [
        new("How do I return an item?", ["How can I return an item?", "How do I send an item back?"], ["How do I return an item without a receipt?", "How do I exchange an item?"]),
        new("What does shipping cost?", ["How much does shipping cost?", "What are the shipping costs?"], ["What does shipping to Norway cost?", "What does express shipping cost?"]),
        new("How long does delivery take?", ["How many days does delivery take?", "How long does it take until delivery?"], ["How long does delivery to Canada take?", "How long does a refund take?"]),
        new("Which payment methods do you accept?", ["What payment methods do you accept?", "Which methods of payment are accepted?"], ["Which payment methods do you not accept?", "Which currencies do you accept?"]),
        new("How do I change my delivery address?", ["How can I change my delivery address?", "How do I update my delivery address?"], ["How do I change my email address?", "How do I change my billing address?"]),
        new("How do I cancel my order?", ["How can I cancel my order?", "How do I cancel an order?"], ["How do I change my order?", "How do I cancel my subscription?"]),
        new("Where is my order?", ["Where is my order now?", "Where can I find my order?"], ["Where is my refund?", "Where is my invoice?"]),
        new("How do I track my parcel?", ["How can I track my parcel?", "How do I track my package?"], ["How do I return my parcel?", "How do I track my refund?"]),
        new("How do I reset my password?", ["How can I reset my password?", "How do I reset the password of my account?"], ["How do I reset my PIN?", "How do I change my user name?"]),
        new("How do I redeem a gift card?", ["How can I redeem a gift card?", "How do I use a gift card?"], ["How do I buy a gift card?", "How do I redeem a voucher?"]),
        new("How long is the warranty?", ["How long does the warranty last?", "For how long is the warranty valid?"], ["How long is the warranty on used items?", "How long is the return period?"]),
        new("Do you ship to Switzerland?", ["Can you ship to Switzerland?", "Do you deliver to Switzerland?"], ["Do you ship to Sweden?", "Do you ship from Switzerland?"]),
        new("How do I delete my account?", ["How can I delete my account?", "How do I delete the account I have with you?"], ["How do I create an account?", "How do I delete my order history?"]),
        new("When will I get my refund?", ["When do I get my refund?", "When will I receive my refund?"], ["When will I get my parcel?", "When will I get my invoice?"]),
        new("Is my card charged when I order?", ["Is my card charged when I place an order?", "Will my card be charged when I order?"], ["Is my card charged when I cancel?", "Is my card charged when the order ships?"]),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lookup_DefaultSettings_ServesMostRewordingsAndHardlyAnyLookAlike()
    {
        await using var provider = new ServiceCollection().AddShop().BuildServiceProvider();
        var cache = provider.GetRequiredService<ISemanticCache>();
        foreach (var faq in Questions)
        {
            await cache.GetOrCreateAsync(
                new SemanticCacheQuery(faq.Question), (_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, faq.Question)) { FinishReason = ChatFinishReason.Stop }), Token);
        }

        List<string> served = [], wrong = [];
        foreach (var faq in Questions)
        {
            foreach (var asked in faq.Rewordings)
            {
                var result = await cache.LookupAsync(new SemanticCacheQuery(asked), Token);
                (result.MatchedQuestion == faq.Question ? served : result.IsHit ? wrong : []).Add(asked);
            }

            foreach (var asked in faq.LookAlikes)
            {
                (await cache.LookupAsync(new SemanticCacheQuery(asked), Token) is { IsHit: true } ? wrong : []).Add(asked);
            }
        }

        // The numbers in docs/getting-started.md. No similarity is nearer than 0.013 to the threshold, so no machine's rounding changes them.
        Assert.Equal(24, served.Count);
        Assert.Equal(["Is my card charged when the order ships?"], wrong);
    }

    /// <summary>A question that has an answer, with others that want the same answer, and others that want another one.</summary>
    private sealed record Faq(string Question, string[] Rewordings, string[] LookAlikes);
}

/// <summary>The settings of the first recipe in the documentation.</summary>
file static class Shop
{
    public static IServiceCollection AddShop(this IServiceCollection services)
    {
        services.AddRagCaching(options => options.ShareAcrossCallers = true).UseMiniLMEmbeddings();
        return services;
    }
}
