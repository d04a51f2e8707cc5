using System.Text.Json;

namespace RagCaching.LatencyLab.Traffic;

/// <summary>The questions of the lab, and which texts need the same answer.</summary>
internal sealed class QuestionSet
{
    private readonly Dictionary<string, string> _answers;

    /// <summary>Checks the questions.</summary>
    /// <exception cref="LabException">A text stands in them twice.</exception>
    public QuestionSet(IReadOnlyList<Question> questions)
    {
        Questions = questions;
        Texts = [.. questions.SelectMany(question => question.Wordings.Concat(LookAlikesOf(question)))];
        _answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in Texts)
        {
            if (!_answers.TryAdd(text.Text, text.Answer))
            {
                throw new LabException($"The question '{text.Text}' is in the file of questions twice.");
            }
        }
    }

    public IReadOnlyList<Question> Questions { get; }

    public IReadOnlyList<LabelledText> Texts { get; }

    public static QuestionSet Load(string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            return new QuestionSet(JsonSerializer.Deserialize(file, QuestionsContext.Default.ListQuestion) ?? []);
        }
        catch (JsonException exception)
        {
            throw new LabException($"The file of questions cannot be read: {exception.Message}", exception);
        }
    }

    public static IEnumerable<LabelledText> LookAlikesOf(Question question) =>
        question.LookAlikes.Select(lookAlike => new LabelledText(lookAlike.Text, lookAlike.Answer));

    /// <summary>Tells whether the answer to one text is also right for another.</summary>
    public bool HaveSameAnswer(string text, string other) => text == other || _answers[text] == _answers[other];
}
