using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Calibration;

/// <summary>What a real cache with the chosen threshold and the guard did with the questions that nothing was chosen on.</summary>
/// <param name="Asked">How many texts were asked, each once.</param>
/// <param name="Served">How many of them were answered from the cache.</param>
/// <param name="Wrong">Those that were answered as a question with another answer.</param>
internal sealed record HeldOutStream(int Asked, int Served, IReadOnlyList<WrongMatch> Wrong)
{
    /// <summary>Asks every text once, in an order of its own. The answer to a text is the id of the right answer.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="embedder">Embeds them; it stays the caller's.</param>
    /// <param name="threshold">The floor of the cache.</param>
    /// <param name="seed">Gives the order.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    public static async Task<HeldOutStream> RunAsync(
        QuestionSet questions, ICachedEmbedder embedder, float threshold, int seed, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(embedder);
        services.AddRagCaching(options =>
        {
            options.ShareAcrossCallers = true;
            options.MinimumSimilarity = threshold;
        });
        await using var provider = services.BuildServiceProvider();
        var cache = provider.GetRequiredService<ISemanticCache>();

        var texts = questions.Texts.ToArray();
        new Random(seed).Shuffle(texts);
        var served = 0;
        var wrong = new List<WrongMatch>();
        foreach (var text in texts)
        {
            var result = await cache.GetOrCreateAsync(
                text.Text,
                _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, text.Answer)) { FinishReason = ChatFinishReason.Stop }),
                cancellationToken);
            served += result.IsHit ? 1 : 0;
            if (result.IsHit && result.Response!.Text != text.Answer)
            {
                wrong.Add(new WrongMatch(text.Text, result.MatchedQuestion!, result.Similarity ?? 0));
            }
        }

        return new HeldOutStream(texts.Length, served, wrong);
    }
}
