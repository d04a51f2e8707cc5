namespace RagCaching.Semantic.Words;

/// <summary>Spells phrases in the ways that people type them: without accents, with the plain one of two similar letters, and with letters that Unicode has both as one character and as two.</summary>
internal static class TypedSpellings
{
    private const string Accented = "áàâãäåéèêëíìîïóòôõöúùûüçñ";
    private const string Unaccented = "aaaaaaeeeeiiiiooooouuuucn";
    private const string Nukta = "\u093C";

    private static readonly (string Exact, string Typed)[] SimilarLetters =
        [("ё", "е"), ("\u0901", "\u0902"), ("أ", "ا"), ("إ", "ا"), ("آ", "ا")];

    // Hindi and Bengali letters with a dot below.
    private static readonly (string Two, string One)[] OneCharacter =
    [
        ("\u0915\u093C", "\u0958"), ("\u091C\u093C", "\u095B"), ("\u0921\u093C", "\u095C"), ("\u0922\u093C", "\u095D"), ("\u092B\u093C", "\u095E"),
        ("\u09A1\u09BC", "\u09DC"), ("\u09A2\u09BC", "\u09DD"), ("\u09AF\u09BC", "\u09DF"),
    ];

    /// <summary>Gets the spellings of a phrase, itself first.</summary>
    /// <param name="phrase">A word, or several. A single word keeps its accents: without them it is often another one.</param>
    public static IEnumerable<string> Of(string phrase)
    {
        var similar = Replace(phrase, SimilarLetters);
        string[] spellings = [phrase, similar, similar.Replace(Nukta, "", StringComparison.Ordinal)];
        return spellings.Concat(spellings.Select(spelling => Replace(spelling, OneCharacter))).Append(phrase.Contains(' ', StringComparison.Ordinal) ? WithoutAccents(phrase) : phrase).Distinct(StringComparer.Ordinal);
    }

    private static string Replace(string phrase, (string From, string To)[] letters) =>
        letters.Aggregate(phrase, static (text, letter) => text.Replace(letter.From, letter.To, StringComparison.Ordinal));

    private static string WithoutAccents(string phrase) =>
        string.Concat(phrase.Select(static letter => Accented.IndexOf(letter, StringComparison.Ordinal) is var at and >= 0 ? Unaccented[at] : letter));
}
