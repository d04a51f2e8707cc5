using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using RagCaching.Chat.Replies;

namespace RagCaching;

/// <summary>Reads the replies of models that were asked for one word, in the forms in which models give them.</summary>
/// <remarks>
/// Reasoning in tags, quotes, markup, case, labels such as "Answer:" and final punctuation are taken off. What is left must be one of the expected words and nothing else:
/// a reply that says more, or says it with a question mark, is not read. Thread-safe.
/// </remarks>
public static partial class ShortReply
{
    private const int MostLabels = 5;
    private const int LongestReply = 200;

    private static readonly FrozenSet<string> Labels = FrozenSet.ToFrozenSet(
        [
            "ANSWER", "VERDICT", "FINAL", "RESULT", "RESPONSE", "REPLY", "DECISION", "CONCLUSION", "JUDGEMENT", "JUDGMENT", "OUTPUT", "MY", "THE", "IS",
            "ANTWORT", "ERGEBNIS", "URTEIL", "RESPUESTA", "RÉPONSE", "RESPOSTA", "RISPOSTA", "ОТВЕТ", "答案", "回答", "答え", "결과", "답변", "답",
        ],
        StringComparer.Ordinal);

    /// <summary>Reads a reply.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="words">The words that were asked for. Case and the characters between letters make no difference: <c>NO_ANSWER</c> is also <c>no answer</c>.</param>
    /// <returns>One of the words as it was given, or <see langword="null"/> for a reply that is none of them.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="reply"/> is <see langword="null"/>.</exception>
    public static string? Read(string reply, params ReadOnlySpan<string> words)
    {
        ArgumentNullException.ThrowIfNull(reply);

        var text = ModelReply.WithoutReasoning(reply, out var isReasoning);
        if (isReasoning || text.Length > LongestReply || text.Any(SaysMore))
        {
            return null;
        }

        var spoken = WithoutLabels(WordsOf(text));
        var joined = string.Concat(spoken);
        foreach (var word in words)
        {
            var expected = WordsOf(word);
            if (joined == string.Concat(expected) && spoken.Count <= expected.Count)
            {
                return word;
            }
        }

        return null;
    }

    /// <summary>Tells whether a reply begins with a word, whatever follows it.</summary>
    /// <param name="reply">The reply, or the beginning of one.</param>
    /// <param name="word">A word that no other text begins with; only its own spelling counts, in any case.</param>
    /// <returns>Whether nothing but reasoning, labels, quotes and markup stands before the word.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="reply"/> or <paramref name="word"/> is <see langword="null"/>.</exception>
    public static bool Begins(string reply, string word)
    {
        ArgumentNullException.ThrowIfNull(reply);
        ArgumentNullException.ThrowIfNull(word);

        var text = ModelReply.WithoutReasoning(reply, out var isReasoning);
        var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return !isReasoning && at >= 0 && at <= LongestReply && WithoutLabels(WordsOf(text[..at])).Count == 0;
    }

    /// <summary>Tells whether a reply that is still being written may yet become a word.</summary>
    /// <param name="beginning">What was written so far.</param>
    /// <param name="word">The word.</param>
    /// <returns><see langword="false"/> as soon as it is clear that it will not.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="beginning"/> or <paramref name="word"/> is <see langword="null"/>.</exception>
    public static bool MayBecome(string beginning, string word)
    {
        ArgumentNullException.ThrowIfNull(beginning);
        ArgumentNullException.ThrowIfNull(word);

        var text = ModelReply.WithoutReasoning(beginning, out var isReasoning);
        if (isReasoning)
        {
            return true;
        }

        if (text.Length > LongestReply)
        {
            return false;
        }

        var spoken = WithoutLabels(WordsOf(text));
        return string.Concat(WordsOf(word)).StartsWith(string.Concat(spoken), StringComparison.Ordinal)
            || (spoken is [var only] && char.IsLetterOrDigit(beginning[^1]) && Labels.Any(label => label.StartsWith(only, StringComparison.Ordinal)));
    }

    private static List<string> WordsOf(string text) => [.. Word().Matches(Markup().Replace(text, " ")).Select(match => match.Value.ToUpperInvariant())];

    private static List<string> WithoutLabels(List<string> words)
    {
        var labels = words.TakeWhile(Labels.Contains).Count();
        return labels <= MostLabels ? words[labels..] : words;
    }

    // A doubt, and pictures, of which only a tick says nothing.
    private static bool SaysMore(char character) =>
        character is '?' or '？' || (char.GetUnicodeCategory(character) is UnicodeCategory.OtherSymbol or UnicodeCategory.Surrogate && character is not ('✅' or '✔' or '☑'));

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"</?[A-Za-z][\w-]{0,30}>|\\(boxed|text|textbf|mathbf)\b")]
    private static partial Regex Markup();
}
