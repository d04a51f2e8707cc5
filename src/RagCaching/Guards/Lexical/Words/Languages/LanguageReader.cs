using System.Globalization;

namespace RagCaching.Guards.Lexical.Words.Languages;

/// <summary>Reads the table of a language: lines of a key, a colon, and words separated by blanks.</summary>
internal static class LanguageReader
{
    /// <summary>Fills the words of a language.</summary>
    /// <param name="table">The table.</param>
    /// <param name="words">Receives the words.</param>
    /// <param name="common">Receives the opposites, which are looked up for every language in one place.</param>
    /// <param name="inPlace">Whether question words stand where the answer would stand, and not at the start.</param>
    public static LanguageTraits Read(string table, WordTablesBuilder words, WordTablesBuilder common, bool inPlace)
    {
        var traits = new LanguageTraits();
        foreach (var line in Folded(table).Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                ReadLine(line[..colon].Trim(), line[(colon + 1)..], words, common, traits, inPlace);
            }
        }

        // Small words have no place in the order of words, except those that say in which role the next one stands.
        words.Unflag(WordFlags.Marker | WordFlags.Coordinator | WordFlags.Negator, WordFlags.Unordered);

        if (traits.HasDigraphs)
        {
            words.AddDigraphs();
        }

        return traits;
    }

    /// <summary>Writes a table as questions are written when they are compared.</summary>
    private static string Folded(string table) => table.Normalize().Replace("\u00DF", "ss", StringComparison.Ordinal).Replace('\u0451', '\u0435');

    private static void ReadLine(string key, string text, WordTablesBuilder words, WordTablesBuilder common, LanguageTraits traits, bool inPlace)
    {
        var items = WordTablesBuilder.Split(text);
        switch (key)
        {
            case "stop": words.Flag(text, WordFlags.Stop | WordFlags.Unordered); break;
            case "unordered": words.Flag(text, WordFlags.Unordered); break;
            case "marker": words.Flag(text, WordFlags.Marker); break;
            case "not": words.Flag(text, WordFlags.Negator | WordFlags.Stop); break;
            case "names": words.Flag(text, WordFlags.Protected); break;
            case "keep": _ = items.Select(words.Word).Count(); break;
            case "and": Join(words, text, Keyword.And); break;
            case "or": Join(words, text, Keyword.Or); break;
            case "how": Ask(words, text, Keyword.How, inPlace); break;
            case "who": Ask(words, text, Keyword.ForeignWho, inPlace); break;
            case "where": Ask(words, text, Keyword.ForeignWhere, inPlace); break;
            case "when": Ask(words, text, Keyword.ForeignWhen, inPlace); break;
            case "why": Ask(words, text, Keyword.ForeignWhy, inPlace); break;
            case "many": Ask(words, text, Keyword.HowMany, inPlace); break;
            case "only": break;
            case "opp": ReadOpposites(items, words, common); break;
            case "months": ReadPlaces(items, words, static (word, place) => word.Month = place); break;
            case "days": ReadPlaces(items, words, static (word, place) => word.Day = place); break;
            case "ord": ReadPlaces(items, words, static (word, place) => word.Ordinal = place); break;
            case "num": ReadValues(items, words, static (word, value) => word.Number = (int)value); break;
            case "mult": ReadValues(items, words, static (word, value) => word.Multiplier = (long)value); break;
            case "times": ReadValues(items, words, static (word, value) => word.Times = (int)(value * 100)); break;
            case "unit": words.UnitLike(items[0], items[1..]); break;
            case "currency": words.CurrencyLike(items[0], items[1..]); break;
            case "same": words.Merge(items); break;
            case "prefix" or "negprefix": traits.NegatingPrefixes = items; break;
            case "negending": traits.NegatingEndings = items; break;
            case "letters": traits.OwnLetters = string.Concat(items); break;
            case "contrary": traits.Contraries = [.. items.Select(item => item.Split('/')).Select(pair => (pair[0], pair[1]))]; break;
            case "clock": words.Key(text, Keyword.Clock); break;
            case "noun": traits.Nouns = items; break;
            case "lone": words.Flag(text, WordFlags.Lone); break;
            case "per": words.Key(text, Keyword.Per); break;
            case "tag": words.Key(text, Keyword.FinalQuestion); break;
            case "inflection": traits.Inflections = items; break;
            case "endings": traits.Particles = items; break;
            case "starts": traits.Proclitics = items; break;
            case "digraphs": traits.HasDigraphs = true; break;
            case "nouns": traits.NounEndings = items; break;
            default: throw new FormatException($"Unknown key '{key}'.");
        }
    }

    private static void Ask(WordTablesBuilder words, string text, Keyword keyword, bool inPlace)
    {
        words.Key(text, keyword);
        words.Flag(text, inPlace ? WordFlags.Stop | WordFlags.QuestionWord | WordFlags.Unordered | WordFlags.InPlace : WordFlags.Stop | WordFlags.QuestionWord | WordFlags.Unordered);
    }

    private static void Join(WordTablesBuilder words, string text, Keyword keyword)
    {
        words.Key(text, keyword);
        words.Flag(text, WordFlags.Coordinator | WordFlags.Stop);
    }

    private static void ReadOpposites(string[] pairs, WordTablesBuilder words, WordTablesBuilder common)
    {
        foreach (var pair in pairs)
        {
            var slash = pair.IndexOf('/', StringComparison.Ordinal);
            var (first, second) = (pair[..slash], pair[(slash + 1)..]);
            _ = (words.Word(first), words.Word(second));
            common.Opposites(first, second);
        }
    }

    /// <summary>The words of a row stand for 1, 2, 3 and so on; bars separate words for the same place.</summary>
    private static void ReadPlaces(string[] items, WordTablesBuilder words, Action<Word, int> set)
    {
        for (var i = 0; i < items.Length; i++)
        {
            foreach (var text in items[i].Split('|'))
            {
                set(words.Word(text), i + 1);
            }
        }
    }

    private static void ReadValues(string[] items, WordTablesBuilder words, Action<Word, double> set)
    {
        foreach (var item in items)
        {
            var equals = item.IndexOf('=', StringComparison.Ordinal);
            set(words.Word(item[..equals]), double.Parse(item[(equals + 1)..], CultureInfo.InvariantCulture));
        }
    }
}
