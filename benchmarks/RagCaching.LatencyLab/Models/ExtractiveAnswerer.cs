using System.Numerics.Tensors;

namespace RagCaching.LatencyLab.Models;

/// <summary>The stand-in chat model: answers with the sentences of the supplied context that are nearest to the question.</summary>
/// <remarks>It sees the prompt and nothing else, as a model would. Deterministic and thread-safe.</remarks>
internal static class ExtractiveAnswerer
{
    public const string QuestionMark = "\nQuestion: ";

    private const string Decline = "NO_ANSWER";
    private const int SentencesPerAnswer = 3;
    private const string NoAnswer = "The context does not answer this question.";

    // Below this, the nearest sentence has little to do with the question.
    private const float LeastConfidence = 0.25f;

    /// <summary>Answers a prompt that the pipeline has written.</summary>
    /// <param name="prompt">The user's message: context, then the question.</param>
    /// <param name="instructions">The system message; a model that is told how to decline does so when no sentence is near.</param>
    public static string Answer(string prompt, string instructions = "")
    {
        var split = prompt.LastIndexOf(QuestionMark, StringComparison.Ordinal);
        var question = FeatureHashingEncoder.Encode(split < 0 ? prompt : prompt[(split + QuestionMark.Length)..]);
        var sentences = Sentences.Of(split < 0 ? "" : prompt[..split]).Distinct(StringComparer.Ordinal).ToList();
        var scored = sentences
            .Select((sentence, position) => (sentence, position, score: TensorPrimitives.Dot<float>(question, FeatureHashingEncoder.Encode(sentence))))
            .OrderByDescending(candidate => candidate.score)
            .Take(SentencesPerAnswer)
            .ToList();
        return instructions.Contains(Decline, StringComparison.Ordinal) && (scored.Count == 0 || scored[0].score < LeastConfidence) ? Decline
            : scored.Count == 0 ? NoAnswer
            : string.Join(' ', scored.OrderBy(candidate => candidate.position).Select(candidate => candidate.sentence));
    }
}
