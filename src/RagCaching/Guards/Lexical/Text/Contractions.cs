namespace RagCaching.Guards.Lexical.Text;

/// <summary>Takes "can't", "I'm" and "dont" apart.</summary>
internal static class Contractions
{
    /// <summary>Finds a word that must be taken apart as a whole.</summary>
    public static bool TrySplitWhole(ReadOnlySpan<char> word, out string first, out string second)
    {
        (first, second) = word switch
        {
            "won't" or "wont" => ("will", "n't"),
            "can't" or "cannot" or "cant" => ("can", "n't"),
            "shan't" => ("shall", "n't"),
            "ain't" => ("is", "n't"),
            "i'm" or "im" => ("i", "am"),
            "let's" => ("let", "us"),
            "dont" => ("do", "n't"),
            "doesnt" => ("does", "n't"),
            "didnt" => ("did", "n't"),
            "isnt" => ("is", "n't"),
            "wasnt" => ("was", "n't"),
            "arent" => ("are", "n't"),
            "couldnt" => ("could", "n't"),
            "shouldnt" => ("should", "n't"),
            "wouldnt" => ("would", "n't"),
            "havent" => ("have", "n't"),
            "hasnt" => ("has", "n't"),
            "werent" => ("were", "n't"),
            "hadnt" => ("had", "n't"),
            "mustnt" => ("must", "n't"),
            "neednt" => ("need", "n't"),
            "mightnt" => ("might", "n't"),
            "shant" => ("shall", "n't"),
            "aint" => ("is", "n't"),
            "ive" => ("i", "have"),
            _ => ("", ""),
        };
        return first.Length > 0;
    }

    /// <summary>Finds an ending that is a word of its own.</summary>
    /// <returns>The length of the ending, or 0.</returns>
    public static int EndingOf(ReadOnlySpan<char> word, out string ending)
    {
        var quote = word.LastIndexOf('\'');
        ending = "";
        if (quote <= 0)
        {
            return 0;
        }

        ending = word[quote..] switch
        {
            "'re" => "are",
            "'ve" => "have",
            "'d" => "would",
            "'ll" => "will",
            "'m" => "am",
            "'s" => "'s",
            "'t" when quote > 1 && word[quote - 1] == 'n' => "n't",
            _ => "",
        };
        return ending.Length == 0 ? 0 : ending == "n't" ? 3 : word.Length - quote;
    }

    /// <summary>Gets the whole form of the first half of an already separated contraction ("ca n't"), or the word itself.</summary>
    public static string? WholeBefore(ReadOnlySpan<char> word) => word switch
    {
        "ca" => "can",
        "wo" => "will",
        "sha" => "shall",
        "ai" => "is",
        _ => null,
    };
}
