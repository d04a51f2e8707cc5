using System.Runtime.InteropServices;
using RagCaching.Guards.Lexical.Text;

namespace RagCaching.Guards.Lexical.Facts;

/// <summary>What the rules need to know about one question. Reused: filled by <see cref="QuestionReader"/>, emptied by <see cref="Clear"/>.</summary>
internal sealed class Question(int side)
{
    /// <summary>Gets 0 or 1: which of the two questions this is.</summary>
    public int Side => side;

    public List<Token> TokenList { get; } = [];

    /// <summary>Gets how it is written.</summary>
    public TextStyle Style { get; } = new();

    public ReadOnlySpan<Token> Tokens => CollectionsMarshal.AsSpan(TokenList);

    /// <summary>Gets the positions of the tokens that are words, numbers and codes.</summary>
    public List<int> Words { get; } = [];

    /// <summary>Gets the positions of the words that carry content.</summary>
    public List<int> Content { get; } = [];

    /// <summary>Gets the positions of the content words that the other question lacks.</summary>
    public List<int> Unmatched { get; } = [];

    /// <summary>Gets the different words that the other question lacks, small ones too.</summary>
    public List<int> OnlyHere { get; } = [];

    public List<NumberFact> Numbers { get; } = [];

    public List<int> Names { get; } = [];

    /// <summary>Gets the names that the other question lacks.</summary>
    public List<int> MissingNames { get; } = [];

    public List<int> Codes { get; } = [];

    /// <summary>Gets the words between double quotes.</summary>
    public List<int> QuotedWords { get; } = [];

    /// <summary>Gets the words that a slash joins to others without a blank.</summary>
    public List<int> Joined { get; } = [];

    /// <summary>Gets the currencies that are named.</summary>
    public List<int> Currencies { get; } = [];

    /// <summary>Gets or sets the number of signs that carry meaning, units among them.</summary>
    public int Signs { get; set; }

    public ulong Synonyms { get; set; }

    public ulong Relatives { get; set; }

    public int Negators { get; set; }

    public bool HasLoneWord { get; set; }

    public bool HasOnly { get; set; }

    public bool HasEvery { get; set; }

    public AskedFor AskedFor { get; set; }

    public bool SaysUsedTo { get; set; }

    public bool IsPast { get; set; }

    public bool IsFuture { get; set; }

    public bool IsPassive { get; set; }

    public int Masculine { get; set; }

    public int Feminine { get; set; }

    /// <summary>Gets the gendered pronouns in order, <see langword="true"/> for masculine.</summary>
    public List<bool> Genders { get; } = [];

    public int Ands { get; set; }

    public int Ors { get; set; }

    public bool SaysBetween { get; set; }

    /// <summary>Gets the word at a place among the words; an empty token outside of them.</summary>
    public Token WordAt(int index) => index >= 0 && index < Words.Count ? Tokens[Words[index]] : default;

    /// <summary>Gets the token after a word; an empty one at the end.</summary>
    public Token TokenAfterWord(int index) => Words[index] + 1 < TokenList.Count ? Tokens[Words[index] + 1] : default;

    public void Clear()
    {
        TokenList.Clear();
        Style.Clear();
        Words.Clear();
        Content.Clear();
        Unmatched.Clear();
        OnlyHere.Clear();
        Numbers.Clear();
        Names.Clear();
        MissingNames.Clear();
        Codes.Clear();
        QuotedWords.Clear();
        Genders.Clear();
        Joined.Clear();
        Currencies.Clear();
        Synonyms = 0;
        Relatives = 0;
        Signs = Negators = Masculine = Feminine = Ands = Ors = 0;
        HasLoneWord = HasOnly = HasEvery = SaysUsedTo = IsPast = IsFuture = IsPassive = SaysBetween = false;
        AskedFor = AskedFor.None;
    }
}
