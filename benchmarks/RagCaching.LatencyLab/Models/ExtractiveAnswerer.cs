using System.Numerics.Tensors;

namespace RagCaching.LatencyLab.Models;

/// <summary>The stand-in chat model: answers with the sentences of the supplied context that are nearest to the question.</summary>
/// <remarks>It sees the prompt and nothing else, as a model would. Deterministic and thread-safe.</remarks>
internal static class ExtractiveAnswerer
{
    private const int SentencesPerAnswer = 3;
    private const string NoAnswer = "The context does not answer this question.";

    /// <summary>Answers a prompt that <see cref="Rag.Prompt"/> has written.</summary>
    public static string Answer(string prompt)
    {
        var split = prompt.LastIndexOf(Rag.Prompt.QuestionMark, StringComparison.Ordinal);
        var question = FeatureHashingEncoder.Encode(split < 0 ? prompt : prompt[(split + Rag.Prompt.QuestionMark.Length)..]);
        var sentences = Sentences.Of(split < 0 ? "" : prompt[..split]).Distinct(StringComparer.Ordinal).ToList();
        var best = sentences
            .Select((sentence, position) => (sentence, position, score: TensorPrimitives.Dot<float>(question, FeatureHashingEncoder.Encode(sentence))))
            .OrderByDescending(candidate => candidate.score)
            .Take(SentencesPerAnswer)
            .OrderBy(candidate => candidate.position)
            .Select(candidate => candidate.sentence)
            .ToList();
        return best.Count == 0 ? NoAnswer : string.Join(' ', best);
    }
}
