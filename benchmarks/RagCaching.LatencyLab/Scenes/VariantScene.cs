using System.Numerics.Tensors;
using RagCaching.LatencyLab.Checks;
using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Techniques;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>A thousand callers ask one new question at the same time, each in words of their own: one call of the model.</summary>
internal static class VariantScene
{
    private const int Callers = 1_000;

    public static async Task<CheckResult> RunAsync(TechniqueHost host, float threshold, CallCounter calls, CancellationToken cancellationToken)
    {
        var variants = Variants().Take(Callers).ToArray();

        // Embedded before, so that a thousand calls of the embedding model at once are not what is measured.
        var vectors = (await host.Embedder.GenerateAsync(variants, cancellationToken: cancellationToken)).Select(vector => vector.Vector).ToArray();
        var nearest = LeastSimilarity(vectors);
        var before = calls.Counts;
        var texts = await Task.WhenAll(variants.Select(variant => Task.Run(async () => (await host.App.AskAsync(variant, cancellationToken)).Text, cancellationToken)));
        var chats = (calls.Counts - before).Chats;
        return new CheckResult(
            "A thousand callers of re-worded variants of one new question cost one chat call and get the same answer",
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{Callers} variants, pairwise similarity at least {nearest:0.00} (floor {threshold:0.00}), {chats} chat calls, {texts.Distinct(StringComparer.Ordinal).Count()} answers"),
            nearest >= threshold && chats == 1 && texts.Distinct(StringComparer.Ordinal).Count() == 1);
    }

    private static float LeastSimilarity(ReadOnlyMemory<float>[] vectors)
    {
        var least = 1f;
        for (var i = 0; i < vectors.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                least = Math.Min(least, TensorPrimitives.CosineSimilarity(vectors[i].Span, vectors[j].Span));
            }
        }

        return least;
    }

    /// <summary>Ways to ask one question that differ in words without weight only, which is what the stand-in encoder understands of re-wording.</summary>
    private static IEnumerable<string> Variants() =>
        from end in (string[])["?", "??", "", "."]
        from opening in (string[])["", "Please: ", "Hi, ", "Hello, "]
        from verb in (string[])["how do I", "how can I", "how could I", "how would I", "how should I"]
        from article in (string[])["the", "a", "this", "my"]
        from second in (string[])["the", "a", "this", "my"]
        select $"{opening}{verb} connect {article} telephone switchboard with {second} loudspeaker in the workshop downstairs{end}";
}
