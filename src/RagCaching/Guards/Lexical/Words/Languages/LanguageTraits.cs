namespace RagCaching.Guards.Lexical.Words.Languages;

/// <summary>What a table says about its language besides single words.</summary>
internal sealed class LanguageTraits
{
    public string[] NegatingPrefixes { get; set; } = [];

    public string[] Inflections { get; set; } = [];

    public string[] Particles { get; set; } = [];

    public string[] Proclitics { get; set; } = [];

    public string[] NounEndings { get; set; } = [];
}
