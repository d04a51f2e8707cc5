using System.Text;
using CsCheck;

namespace RagCaching.Tests.Guards.Lexical;

/// <summary>The table of docs/lexical-guard.md as properties of random questions: which characters carry meaning, and which carry none.</summary>
public sealed class LexicalGuardProperties
{
    private static readonly LexicalGuard Guard = new();

    private static readonly string[] Vocabulary =
    [
        "where", "can", "we", "store", "the", "blue", "vaccine", "with", "sugar", "kettle", "Oslo", "Anna", "señal", "Straße", "вода", "价格", "ミルク", "नमस्ते", "ماء", "가격", "ห้อง", "don't",
    ];

    // A sign of its own between words, or glued to the end of one.
    private static readonly string[] Signs =
    [
        "+", "=", "<", ">", "*", "/", "\\", "|", "&", "^", "~", "@", "%", "\u2030", "$", "\u20AC", "\u20A9", "\u20BF", "\u00B0", "\u00A7", "\u00B1", "\u00D7", "\u00F7", "\u221A", "\u2260", "\u2264", "\u2191", "\u2193",
        "\u2192", "\u2660", "\U0001F44D", "\U0001F44E", "\U0001F600",
    ];

    private static readonly string[] Attached = ["-", "+", "#", "@", "~", "\u00B1", "\u221A", "<", ">", "/", "$"];

    private static readonly Gen<string[]> Words = Gen.Int[0, Vocabulary.Length - 1].Select(i => Vocabulary[i]).Array[4, 12];

    // Numbers are kept apart from each other: blanks between them would group.
    private static readonly Gen<string[]> Questions = Gen.Select(Words, Gen.Int[10, 999_999], Gen.Int[0, 3]).Select((words, number, place) =>
    {
        var parts = words.ToList();
        parts.Insert(place, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return parts.ToArray();
    });

    [Fact]
    public void Allows_SignInsertedOrDeleted_Never() =>
        Gen.Select(Questions, Gen.Int[0, Signs.Length - 1], Gen.Int[0, 3], Gen.Bool).Sample((question, sign, place, isGlued) =>
        {
            // Between words, or behind one; behind a number a sign may be its unit, which is as much a difference.
            var changed = question.ToList();
            if (isGlued)
            {
                changed[place] += Signs[sign];
            }
            else
            {
                changed.Insert(place + 1, Signs[sign]);
            }

            AssertRefuses(Join(question), Join(changed));
        });

    [Fact]
    public void Allows_SignChanged_Never() =>
        Gen.Select(Questions, Gen.Int[0, Signs.Length - 1], Gen.Int[0, Signs.Length - 1], Gen.Int[0, 3]).Sample((question, one, two, place) =>
        {
            var first = question.ToList();
            var second = question.ToList();
            first.Insert(place + 1, Signs[one]);
            second.Insert(place + 1, Signs[two]);
            if (one != two)
            {
                AssertRefuses(Join(first), Join(second));
            }
        });

    [Fact]
    public void Allows_SignBeforeANumberOrWord_Never() =>
        Gen.Select(Questions, Gen.Int[0, Attached.Length - 1], Gen.Int[0, 3]).Sample((question, sign, place) =>
        {
            var changed = question.ToList();
            changed[place] = Attached[sign] + changed[place];
            if (!char.IsAsciiLetterOrDigit(question[place][0]))
            {
                return;
            }

            AssertRefuses(Join(question), Join(changed));
        });

    [Fact]
    public void Allows_DigitInsertedDeletedOrChanged_Never() =>
        Gen.Select(Questions, Gen.Int[0, 9], Gen.Int[0, 5], Gen.Int[0, 2]).Sample((question, digit, at, kind) =>
        {
            var place = Array.FindIndex(question, word => char.IsAsciiDigit(word[0]));
            var number = new StringBuilder(question[place]);
            at = Math.Min(at, number.Length - 1);
            switch (kind)
            {
                case 0: number.Insert(at, digit); break;
                case 1: number.Remove(at, 1); break;
                default: number[at] = (char)('0' + digit); break;
            }

            var changed = question.ToList();
            changed[place] = number.ToString();
            if (changed[place] != question[place])
            {
                AssertRefuses(Join(question), Join(changed));
            }
        });

    [Fact]
    public void Allows_PointBeforeANumberOrBetweenItsDigits_Never() =>
        Gen.Select(Questions, Gen.Int[0, 5]).Sample((question, at) =>
        {
            var place = Array.FindIndex(question, word => char.IsAsciiDigit(word[0]));
            var number = question[place];
            at = Math.Min(at, number.Length - 1);
            var changed = question.ToList();
            changed[place] = number.Insert(at, ".");
            AssertRefuses(Join(question), Join(changed));
        });

    [Fact]
    public void Allows_OtherEncodingWidthBlanksAndQuotes_Always() =>
        Gen.Select(Questions, Gen.Int[0, 9], Gen.Int[0, 3]).Sample((question, change, place) =>
        {
            var text = Join(question);
            var word = question[place];
            var changed = change switch
            {
                0 => text.Normalize(NormalizationForm.FormD),
                1 => string.Concat(text.Select(c => c is > ' ' and < '\u007F' ? (char)(c + 0xFEE0) : c == ' ' ? '\u3000' : c)),
                2 => text.Replace(" ", " \t ", StringComparison.Ordinal),
                3 => text.Replace(' ', '\u00A0'),
                4 => Join(Replaced(question, place, $"\u201C{word}\u201D")),
                5 => Join(Replaced(question, place, $"\u00AB{word}\u00BB")),
                6 => Join(Replaced(question, place, $"({word})")),
                7 => Join(Replaced(question, place, word.Insert(1, "\u200B"))),
                8 => $"\u202A{text}\u202C",
                _ => text.TrimEnd('?') + " !",
            };

            Assert.True(Guard.Allows(text, changed), changed);
            Assert.True(Guard.Allows(changed, text), changed);
        });

    private static IEnumerable<string> Replaced(string[] question, int place, string word) => question.Select((old, i) => i == place ? word : old);

    private static string Join(IEnumerable<string> words) => string.Join(' ', words) + "?";

    private static void AssertRefuses(string question, string candidate)
    {
        Assert.False(Guard.Allows(question, candidate), $"{question} | {candidate}");
        Assert.False(Guard.Allows(candidate, question), $"{candidate} | {question}");
    }
}
