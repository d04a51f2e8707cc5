namespace RagCaching.Chat.Replies;

/// <summary>A question that a helper made of a turn. A rewriting is earned: what a helper says instead of a question, or about something else, is none.</summary>
/// <param name="Question">The question.</param>
/// <param name="IsUnchanged">Whether it is the turn itself.</param>
internal readonly record struct RewrittenQuestion(string Question, bool IsUnchanged)
{
    private const int LongestLabel = 40;

    private static readonly string[] Labels =
    [
        "question", "rewritten", "standalone", "rewrite", "reformulated", "query", "answer", "output", "result", "user", "frage", "umformuliert", "eigenständige", "pregunta", "reescrita", "reformulée", "reformulee",
        "pergunta", "domanda", "riformulata", "вопрос", "переписанный", "质問", "質問", "書き換え", "问题", "問題", "改写", "改寫", "질문", "प्रश्न",
    ];

    /// <summary>Reads the reply of a helper.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="turn">The turn that it was to rewrite.</param>
    /// <param name="shown">What else it was shown of the dialogue.</param>
    /// <returns><see langword="null"/> where it is no question about what the helper was shown.</returns>
    public static RewrittenQuestion? Read(string? reply, string turn, IEnumerable<string> shown)
    {
        if (string.IsNullOrWhiteSpace(reply))
        {
            return null;
        }

        var question = Unwrapped(ModelReply.WithoutReasoning(reply, out var isReasoning));
        var simple = ContentWords.Simplify(question);
        if (isReasoning || simple.Length == 0)
        {
            return null;
        }

        // A turn that means something else in every conversation does so too if it comes back as it was: then nothing is replaced.
        if (simple == ContentWords.Simplify(turn))
        {
            return new RewrittenQuestion(turn, IsUnchanged: true);
        }

        return NonAnswers.Contains(simple) || !SharesAWord(question, shown.Append(turn)) ? null : new RewrittenQuestion(question, IsUnchanged: false);
    }

    private static bool SharesAWord(string question, IEnumerable<string> shown)
    {
        var words = ContentWords.Of(question);
        return shown.Any(text => words.Overlaps(ContentWords.Of(text)));
    }

    /// <summary>Takes off quotes, markup and labels, as often as there are any.</summary>
    private static string Unwrapped(string text)
    {
        while (true)
        {
            var rest = WithoutLabel(text.Trim().Trim('"', '\'', '`', '*', '_', '«', '»', '“', '”', '„', '‘', '’', '「', '」', '『', '』', '#', '>', ' ', '\n', '\r', '\t'));
            if (rest == text)
            {
                return text;
            }

            text = rest;
        }
    }

    private static string WithoutLabel(string text)
    {
        var end = text.AsSpan(0, Math.Min(text.Length, LongestLabel)).IndexOfAny(':', '：');
        if (end <= 0)
        {
            return text;
        }

        var label = ContentWords.Simplify(text[..end]);
        return Labels.Any(word => label.Contains(word, StringComparison.Ordinal)) ? text[(end + 1)..] : text;
    }
}
