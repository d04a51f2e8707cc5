using Microsoft.ML.Tokenizers;

namespace RagCaching.Quality.Encoding;

/// <summary>BERT's tokenisation, lower case and without accents: words by <see cref="BertBasicTokenizer"/>, pieces of words by a vocabulary. Thread-safe.</summary>
internal sealed class WordPieceTokenizer
{
    private readonly BertTokenizer _pieces;

    private WordPieceTokenizer(BertTokenizer pieces) => _pieces = pieces;

    /// <summary>Reads a vocabulary: one piece a line, the number of the line is its id, from 0.</summary>
    /// <exception cref="QualityException">The file is missing or is no such vocabulary, or this process cannot decompose characters.</exception>
    public static WordPieceTokenizer Open(string path)
    {
        if (!BertBasicTokenizer.IsSupported)
        {
            throw new QualityException("Texts cannot be tokenised in globalization-invariant mode, where accents would stay: install ICU and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
        }

        if (!File.Exists(path))
        {
            throw new QualityException($"There is no vocabulary {path}.");
        }

        var options = new BertOptions { ApplyBasicTokenization = false, LowerCaseBeforeTokenization = false, IndividuallyTokenizeCjk = false };
        try
        {
            return new WordPieceTokenizer(BertTokenizer.Create(path, options));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new QualityException($"{path} is no WordPiece vocabulary: {exception.Message}");
        }
    }

    /// <summary>Gets the ids of a text, without the special tokens of sequences.</summary>
    public IReadOnlyList<int> ToIds(string text) => _pieces.EncodeToIds(BertBasicTokenizer.Split(text), addSpecialTokens: false);
}
