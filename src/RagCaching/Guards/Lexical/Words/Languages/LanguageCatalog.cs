using RagCaching.Guards.Lexical.Words.Languages.Latin;
using RagCaching.Guards.Lexical.Words.Languages.OwnScript;

namespace RagCaching.Guards.Lexical.Words.Languages;

/// <summary>The languages besides English, in the order in which a question that fits several is taken for one.</summary>
internal static class LanguageCatalog
{
    // Languages with a script of their own cannot be confused with another; their words stand in the common table.
    private static readonly (string Code, string Table, bool IsOwnScript, bool IsInPlace)[] Tables =
    [
        ("es", Spanish.Table, false, false),
        ("fr", French.Table, false, false),
        ("pt", Portuguese.Table, false, false),
        ("de", German.Table, false, false),
        ("it", Italian.Table, false, false),
        ("pl", Polish.Table, false, false),
        ("nl", Dutch.Table, false, false),
        ("sv", Swedish.Table, false, false),
        ("fi", Finnish.Table, false, false),
        ("tr", Turkish.Table, false, false),
        ("vi", Vietnamese.Table, false, false),
        ("id", Indonesian.Table, false, false),
        ("zh", Chinese.Table + TraditionalChinese.Of(Chinese.Table), true, true),
        ("ja", Japanese.Table, true, true),
        ("th", Thai.Table, true, true),
        ("ko", Korean.Table, true, true),
        ("hi", Hindi.Table, true, true),
        ("ar", Arabic.Table, true, false),
        ("bn", Bengali.Table, true, true),
        ("ru", Russian.Table, true, false),
        ("he", Hebrew.Table, true, false),
    ];

    /// <summary>Adds all languages to the common table.</summary>
    /// <param name="common">The table with English.</param>
    /// <param name="addOwn">Adds the words of an application, which are words of every language.</param>
    public static Language[] AddTo(WordTablesBuilder common, Action<WordTablesBuilder> addOwn)
    {
        common.MarkAll(1u << Language.English);
        var languages = new Language[Tables.Length + 1];
        languages[Language.English] = new Language("en", isOwnScript: false, []);
        for (var i = 0; i < Tables.Length; i++)
        {
            var (code, table, isOwnScript, isInPlace) = Tables[i];
            var words = new WordTablesBuilder(common);
            var traits = LanguageReader.Read(table, isOwnScript ? common : words, common, isInPlace);
            addOwn(words);
            var bit = 1u << (i + 1);
            if (isOwnScript)
            {
                common.MarkUnmarked(bit);
            }

            languages[i + 1] = new Language(code, isOwnScript, words.BuildWords(bit))
            {
                Inflections = traits.Inflections,
                HasDigraphs = traits.HasDigraphs,
                OwnLetters = traits.OwnLetters,
                Contraries = traits.Contraries,
                Nouns = traits.Nouns.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>(),
                NegatingEndings = traits.NegatingEndings,
                NegatingPrefixes = traits.NegatingPrefixes,
                NounEndings = traits.NounEndings,
                Particles = traits.Particles,
                Proclitics = traits.Proclitics,
            };
            words.VoteIn(common, bit);
        }

        // Names in any language, which tell nothing about that of a question.
        foreach (var phrase in WordTablesBuilder.SplitLines(Demonyms.Phrases))
        {
            common.Phrase(phrase[0], phrase[1], phrase[2]);
        }

        addOwn(common);
        return languages;
    }
}
