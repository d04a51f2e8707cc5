using System.Numerics.Tensors;
using RagCaching.LatencyLab.Checks;
using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Techniques;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>A thousand callers ask one new question at the same time, each in words of their own: one call of the model.</summary>
internal static class VariantScene
{
    private const int Callers = 1_000;
    private const int LeastVariants = 20;

    public static async Task<CheckResult> RunAsync(TechniqueHost host, float threshold, CallCounter calls, CancellationToken cancellationToken)
    {
        var candidates = Variants().ToArray();

        // Embedded before, so that a thousand calls of the embedding model at once are not what is measured.
        var vectors = (await host.Embedder.GenerateAsync(candidates, cancellationToken: cancellationToken)).Select(vector => vector.Vector).ToArray();
        var variants = Near(candidates, vectors, threshold);
        var before = calls.Counts;
        var texts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(
            i => Task.Run(async () => (await host.App.AskAsync(variants[i % variants.Count], cancellationToken)).Text, cancellationToken)));
        var chats = (calls.Counts - before).Chats;
        return new CheckResult(
            "A thousand callers of re-worded variants of one new question cost one chat call and get the same answer",
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{Callers} callers, {variants.Count} variants of which every two have a similarity of {threshold:0.00} or more, {chats} chat calls, {texts.Distinct(StringComparer.Ordinal).Count()} answers"),
            variants.Count >= LeastVariants && chats == 1 && texts.Distinct(StringComparer.Ordinal).Count() == 1);
    }

    /// <summary>Keeps the variants of which every two reach the floor.</summary>
    private static List<string> Near(string[] texts, ReadOnlyMemory<float>[] vectors, float threshold)
    {
        var kept = new List<int>();
        for (var i = 0; i < texts.Length; i++)
        {
            if (kept.TrueForAll(other => TensorPrimitives.CosineSimilarity(vectors[i].Span, vectors[other].Span) >= threshold))
            {
                kept.Add(i);
            }
        }

        return [.. kept.Select(index => texts[index])];
    }

    /// <summary>Ways to ask one question that differ in words without weight only: that much re-wording every encoder understands.</summary>
    private static IEnumerable<string> Variants() =>
        from end in (string[])["?", ""]
        from verb in (string[])["How do I", "How can I", "How could I", "How would I", "How should I"]
        from article in (string[])["the", "a", "this", "my"]
        from second in (string[])["the", "a", "this", "my"]
        select $"{verb} connect {article} telephone switchboard with {second} loudspeaker in the workshop downstairs{end}";
}
