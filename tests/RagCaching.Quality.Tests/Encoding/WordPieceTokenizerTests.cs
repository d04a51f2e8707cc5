using RagCaching.Quality.Encoding;

namespace RagCaching.Quality.Tests.Encoding;

public sealed class WordPieceTokenizerTests
{
    [Theory]
    [InlineData("Red\ngreen", 5, 6)]
    [InlineData("réd++", 5, 9, 9)]
    [InlineData("greenish blue", 6, 8, 7)]
    [InlineData("red purple", 5, 1)]
    [InlineData("")]
    public void ToIds_Text_GivesPiecesAndNoSpecialTokens(string text, params int[] expected)
    {
        using var folder = new ModelFolder(vocabulary: ModelFolder.Vocabulary);

        var ids = WordPieceTokenizer.Open(Path.Combine(folder.Path, "vocab.txt")).ToIds(text);

        Assert.Equal(expected, ids);
    }

    [Theory]
    [InlineData("")]
    [InlineData("red\ngreen\n")]
    [InlineData("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nred\nred\n")]
    public void Open_NoVocabulary_NamesTheFile(string vocabulary)
    {
        using var folder = new ModelFolder(vocabulary: vocabulary);
        var path = Path.Combine(folder.Path, "vocab.txt");

        var exception = Assert.Throws<QualityException>(() => WordPieceTokenizer.Open(path));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }
}
