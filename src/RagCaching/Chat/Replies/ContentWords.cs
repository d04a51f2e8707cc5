using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace RagCaching.Chat.Replies;

/// <summary>The words of a text that it is about, in a form in which those of another text can be recognised.</summary>
/// <remarks>
/// Words are compared by their first letters, so that endings make no difference. Han characters count by themselves, and the other scripts that are written without blanks, and Hangul, whose
/// words carry particles, by pairs of characters.
/// </remarks>
internal static class ContentWords
{
    private const int StemLength = 4;

    private static readonly FrozenSet<string> Empty = FrozenSet.ToFrozenSet(
        ("a an and any are as at be been but by can could did do does for from had has have he her him his how i if in into is it its may me might more most must my no not of on one or our out please shall she should "
        + "so some tell than that the their them then there these they this those to too us was we were what when where which who whom whose why will with would yes you your about also just like much many "
        + "aber als am an auf aus bei bin bist das dass dein dem den der des die dies diese dieser dir du ein eine einem einen einer er es für hat habe ich ihm ihn ihr im in ist ja kann mein mich mir mit nach nicht oder sie sind "
        + "und uns vom von war was wann welche welcher wenn wer wie wird wo zu zum zur auch bitte gibt "
        + "al como con cual cuál cuales cuando cuándo de del donde dónde el ella en eres es esta está este esto hay la las lo los me mi muy no para pero por puede que qué quien quién se ser si son su sus te tu un una y "
        + "à au aux avec ce ces cette combien comment dans des du elle en est et être eux il je la le les leur lui mais mon ne nous où par pas pour pourquoi quand que quel quelle quels qui sa se ses son sont sur ton tu une vous "
        + "ao as até com como da das de do dos e é ela ele em eu foi isso não na nas no nos o os ou para pelo por qual quando que quem se seu sua são tem um uma você "
        + "che chi come con cosa da dei del della di dove e è gli ho il io ha la le lo ma mi nel non per perché più quale quando quanto se si sono su sua suo ti un una "
        + "а бы был быть в вы где да для до его ее если есть и из или как какая какие какой когда кто ли мне мы на не нет но о он она они от по почему при с сколько так то у что это я "
        + "है हैं का की के को में से और या क्या कैसे कहाँ कब कौन यह वह पर भी नहीं मैं").Split(' '),
        StringComparer.Ordinal);

    private static readonly FrozenSet<char> EmptyHan = FrozenSet.ToFrozenSet("的是了吗嗎呢我你您他她它这這那不无無没沒有能很在和与也都就个個请請问問什么麼怎哪何谁誰为為可以会會要");

    /// <summary>Reads the words of a text.</summary>
    public static HashSet<string> Of(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        var last = '\0';
        foreach (var character in text.Normalize(NormalizationForm.FormKC))
        {
            if (IsHan(character))
            {
                Close();
                if (!EmptyHan.Contains(character))
                {
                    words.Add(character.ToString());
                }
            }
            else if (HasNoBlanks(character))
            {
                Close();
                if (HasNoBlanks(last))
                {
                    words.Add(string.Concat(last, character));
                }
            }
            else if (char.IsLetterOrDigit(character) || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                word.Append(char.ToLowerInvariant(character));
            }
            else
            {
                Close();
            }

            last = character;
        }

        Close();
        return words;

        void Close()
        {
            if (word.Length > 0 && word.ToString() is var whole && !Empty.Contains(whole) && (whole.Length > 1 || char.IsDigit(whole[0])))
            {
                words.Add(whole.Length > StemLength ? whole[..StemLength] : whole);
            }

            word.Clear();
        }
    }

    /// <summary>Writes a text in lower case, with letters and digits only and single blanks.</summary>
    public static string Simplify(string text)
    {
        var simple = new StringBuilder(text.Length);
        foreach (var character in text.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(character) || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                simple.Append(char.ToLowerInvariant(character));
            }
            else if (simple.Length > 0 && simple[^1] != ' ')
            {
                simple.Append(' ');
            }
        }

        return simple.ToString().TrimEnd();
    }

    private static bool IsHan(char character) => character is (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');

    // Katakana, Hangul, Thai, Lao, Burmese, Khmer. Hiragana is grammar more often than not.
    private static bool HasNoBlanks(char character) => character is
        (>= '\u30A1' and <= '\u30FE') or (>= '\uAC00' and <= '\uD7A3') or (>= '\u0E01' and <= '\u0EDF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF');
}
