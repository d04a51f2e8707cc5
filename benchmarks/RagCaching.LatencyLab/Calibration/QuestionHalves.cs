using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Calibration;

/// <summary>The questions in two halves: one to choose on, and one to see what the choice is worth.</summary>
internal sealed record QuestionHalves(IReadOnlyList<Question> Chosen, IReadOnlyList<Question> HeldOut)
{
    /// <summary>Splits at random. A question stays with its re-wordings and look-alikes; the same seed gives the same halves.</summary>
    public static QuestionHalves Split(IReadOnlyList<Question> questions, int seed)
    {
        var shuffled = questions.ToArray();
        new Random(seed).Shuffle(shuffled);
        var half = (shuffled.Length + 1) / 2;
        return new QuestionHalves(shuffled[..half], shuffled[half..]);
    }
}
