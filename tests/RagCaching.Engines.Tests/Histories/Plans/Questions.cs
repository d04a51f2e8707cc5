using System.Collections.Concurrent;
using System.Globalization;

namespace RagCaching.Engines.Tests.Histories.Plans;

/// <summary>Questions with what they mean: the vectors of one group are close to each other, those of two groups are not.</summary>
internal static class Questions
{
    public const int Dimensions = 24;
    public const int Wordings = 3;

    private const float Noise = 0.02f;

    private static readonly ConcurrentDictionary<string, (int Group, int Wording)> Known = new(StringComparer.Ordinal);

    /// <summary>Gets a question; the hostile part makes it no other question, and the words do.</summary>
    public static string Text(int group, int wording)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Names.Text(group)} question {group} {Names.Text(group + (17 * wording))} wording {wording}");
        Known[text] = (group, wording);
        return text;
    }

    public static float[] VectorOf(string text)
    {
        var (group, wording) = Known[text];
        var meaning = new Random((group * 7919) + 1);
        var words = new Random((group * 7919) + wording + 2);
        return [.. Enumerable.Range(0, Dimensions).Select(_ => meaning.NextSingle() - 0.5f + (Noise * (words.NextSingle() - 0.5f)))];
    }
}
