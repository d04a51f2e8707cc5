using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Models;

/// <summary>The stand-in chat model: answers with the best passage of the supplied context, its heading and the two or three sentences nearest to the question.</summary>
/// <param name="encoder">Turns question and sentences into vectors. It should remember those of sentences: the same ones come again and again.</param>
/// <param name="leastConfidence">The cosine below which the nearest sentence has little to do with the question.</param>
/// <remarks>It sees the prompt and nothing else, as a model would. Thread-safe.</remarks>
internal sealed class ExtractiveAnswerer(IEmbeddingGenerator<string, Embedding<float>> encoder, float leastConfidence)
{
    public const string QuestionMark = "\nQuestion: ";
    public const string Decline = "NO_ANSWER";

    /// <summary>The least confidence that fits each encoder: sentences about something else have a lower cosine.</summary>
    public const float LeastConfidenceOfHashing = 0.25f;
    public const float LeastConfidenceOfMiniLM = 0.35f;

    private const string NoAnswer = "The context does not answer this question.";
    private const int MaxSentences = 3;
    private const int MinSentences = 2;

    // Without the sentence before, nobody knows what these stand for.
    private static readonly HashSet<string> Leaning = new(StringComparer.Ordinal)
    {
        "It", "Its", "He", "They", "Their", "This", "That", "These", "Those", "Both", "Each", "Then", "There", "Therefore", "Otherwise", "However", "But", "And", "Such", "So",
    };

    // A third sentence is worth reading only if it is about as near as the first.
    private const float LeastShareOfBest = 0.75f;

    /// <summary>Answers a prompt that the pipeline has written.</summary>
    /// <param name="prompt">The user's message: context, then the question.</param>
    /// <param name="instructions">The system message; a model that is told how to decline does so when no sentence is near.</param>
    /// <param name="cancellationToken">Cancels the call of the encoder.</param>
    public async Task<string> AnswerAsync(string prompt, string instructions, CancellationToken cancellationToken)
    {
        var split = prompt.LastIndexOf(QuestionMark, StringComparison.Ordinal);
        var passages = Passage.Read(split < 0 ? "" : prompt[..split]);
        var scores = await ScoreAsync(split < 0 ? prompt : prompt[(split + QuestionMark.Length)..], passages, cancellationToken);
        var best = passages.Zip(scores).Where(pair => pair.Second.Length > 0).OrderByDescending(pair => Worth(pair.Second)).FirstOrDefault();
        var mayDecline = instructions.Contains(Decline, StringComparison.Ordinal);
        return best.First is null ? (mayDecline ? Decline : NoAnswer)
            : mayDecline && best.Second.Max() < leastConfidence ? Decline
            : Write(best.First, best.Second);
    }

    private async Task<IReadOnlyList<float[]>> ScoreAsync(string question, IReadOnlyList<Passage> passages, CancellationToken cancellationToken)
    {
        var sentences = passages.SelectMany(passage => passage.Sentences.Select(sentence => Passage.Embedded(passage.Heading, sentence)));
        var vectors = await encoder.GenerateAsync(sentences.Append(question), cancellationToken: cancellationToken);
        var asked = vectors[^1].Vector;
        var scores = new List<float[]>(passages.Count);
        var next = 0;
        foreach (var passage in passages)
        {
            var first = next;
            next += passage.Sentences.Count;
            scores.Add([.. Enumerable.Range(first, passage.Sentences.Count).Select(i => TensorPrimitives.CosineSimilarity(asked.Span, vectors[i].Vector.Span))]);
        }

        return scores;
    }

    // Two near sentences are a better sign than one.
    private static float Worth(float[] scores) => scores.OrderDescending().Take(MinSentences).Select((score, rank) => score / (rank + 1)).Sum();

    private static string Write(Passage passage, float[] scores)
    {
        var least = scores.Max() * LeastShareOfBest;
        var chosen = new SortedSet<int>();
        foreach (var (score, position) in scores.Select((score, position) => (score, position)).OrderByDescending(sentence => sentence.score))
        {
            if (chosen.Count == MaxSentences || (chosen.Count >= MinSentences && score < least))
            {
                break;
            }

            int[] wanted = position > 0 && LeansOnTheOneBefore(passage.Sentences[position]) ? [position - 1, position] : [position];
            if (chosen.Union(wanted).Count() <= MaxSentences)
            {
                chosen.UnionWith(wanted);
            }
        }

        var text = string.Join(' ', chosen.Select(position => passage.Sentences[position]));
        return passage.Heading.Length == 0 ? text : $"{passage.Heading}: {text}";
    }

    private static bool LeansOnTheOneBefore(string sentence) => Leaning.Contains(sentence[..Math.Max(sentence.IndexOf(' ', StringComparison.Ordinal), 0)].TrimEnd(','));
}
