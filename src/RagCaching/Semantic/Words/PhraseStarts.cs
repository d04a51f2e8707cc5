namespace RagCaching.Semantic.Words;

/// <summary>Finds the phrases that may begin at a place of an ASCII text, by their first two characters: nearly everywhere there is none. Allocates nothing for a text; immutable and thread-safe.</summary>
internal sealed class PhraseStarts
{
    private const int Characters = 128;
    private const int LowerCase = 0x20;

    private readonly ulong[] _any = new ulong[Characters * Characters / 64];
    private readonly Dictionary<int, string[]> _phrases;

    /// <summary>Puts the phrases together.</summary>
    /// <param name="phrases">Phrases, none of them empty. Those that are not ASCII are in no ASCII text, and are left out.</param>
    public PhraseStarts(IEnumerable<string> phrases)
    {
        _phrases = phrases.Where(phrase => phrase.All(char.IsAscii)).SelectMany(Keys).GroupBy(start => start.Key, start => start.Phrase).ToDictionary(group => group.Key, group => group.ToArray());
        foreach (var key in _phrases.Keys)
        {
            _any[key >> 6] |= 1UL << key;
        }
    }

    /// <summary>Gets the phrases that begin with the same two characters, in any case, as the text does at a place; none for nearly all.</summary>
    public ReadOnlySpan<string> At(ReadOnlySpan<char> text, int start)
    {
        var key = Key(text[start], start + 1 < text.Length ? text[start + 1] : '\0');
        return (_any[key >> 6] & (1UL << key)) == 0 ? [] : _phrases[key];
    }

    // What follows a phrase of one character may be anything.
    private static IEnumerable<(int Key, string Phrase)> Keys(string phrase) => phrase.Length > 1
        ? [(Key(phrase[0], phrase[1]), phrase)]
        : Enumerable.Range(0, Characters).Select(next => Key(phrase[0], (char)next)).Distinct().Select(key => (key, phrase));

    // Characters that are no letters may get the key of others: a phrase is compared as a whole in the end.
    private static int Key(char first, char second) => ((first | LowerCase) * Characters) | (second | LowerCase);
}
