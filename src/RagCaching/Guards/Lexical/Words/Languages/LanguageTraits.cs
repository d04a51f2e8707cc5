namespace RagCaching.Guards.Lexical.Words.Languages;

/// <summary>What a table says about its language besides single words.</summary>
internal sealed class LanguageTraits
{
    public string[] NegatingPrefixes { get; set; } = [];

    public string OwnLetters { get; set; } = "";

    public (string First, string Second)[] Contraries { get; set; } = [];

    public string[] NegatingEndings { get; set; } = [];

    public string[] Inflections { get; set; } = [];

    public string[] Particles { get; set; } = [];

    public string[] Proclitics { get; set; } = [];

    /// <summary>Gets or sets a value indicating whether some write two letters for one with a mark.</summary>
    public bool HasDigraphs { get; set; }

    public string[] Nouns { get; set; } = [];

    public string[] NounEndings { get; set; } = [];
}
