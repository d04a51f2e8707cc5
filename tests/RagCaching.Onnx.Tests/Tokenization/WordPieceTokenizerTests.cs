using System.Text;
using RagCaching.Onnx.Tests.TestDoubles;
using RagCaching.Onnx.Tokenization;

namespace RagCaching.Onnx.Tests.Tokenization;

public sealed class WordPieceTokenizerTests
{
    [Theory]
    [InlineData("Red\ngreen", 5, 6)]
    [InlineData("réd++", 5, 9, 9)]
    [InlineData("greenish blue", 6, 8, 7)]
    [InlineData("red purple", 5, 1)]
    [InlineData("redgreen", 1)]
    [InlineData("red[MASK]blue", 5, 4, 7)]
    [InlineData("")]
    public void Encode_Text_GivesPiecesBetweenTheEndTokens(string text, params int[] expected) => Assert.Equal([2, .. expected, 3], IdsOf(text, TextRules.Uncased));

    // Not a case above: what runs the tests replaces lone surrogates in their arguments.
    [Fact]
    public void Encode_LoneSurrogate_Vanishes() => Assert.Equal([2, 5, 3], IdsOf("re\uD83Dd", TextRules.Uncased));

    [Theory]
    [InlineData("red", 5)]
    [InlineData("Red", 1)]
    [InlineData("réd", 1)]
    public void Encode_CasedRules_KeepCaseAndAccents(string text, int expected) =>
        Assert.Equal([2, expected, 3], IdsOf(text, new TextRules(LowerCase: false, StripAccents: false, SplitIdeographs: true)));

    [Fact]
    public void Encode_LowerCaseWithAccents_KeepsThem() =>
        Assert.Equal([2, 5, 1, 3], IdsOf("RED RÉD", new TextRules(LowerCase: true, StripAccents: false, SplitIdeographs: true)));

    [Theory]
    [InlineData("", "red", 5)]
    [InlineData("green ", "red", 6, 5)]
    [InlineData("gre", "en", 6)]
    public void Encode_Prefix_IsReadAsTheBeginning(string prefix, string text, params int[] expected)
    {
        var ids = new int[8];

        var read = Open(ModelFolder.Vocabulary, TextRules.Uncased).Encode(prefix, text, ids);

        Assert.Equal([2, .. expected, 3], ids[..read.Length]);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(" \n\0\u200B", true)]
    [InlineData("purple", false)]
    [InlineData("[MASK]", false)]
    public void Encode_NothingToRead_IsSaidWhateverThePrefix(string text, bool isEmpty) =>
        Assert.Equal(isEmpty, Open(ModelFolder.Vocabulary, TextRules.Uncased).Encode("red ", text, new int[8]).IsEmpty);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("red\ngreen\n")]
    [InlineData("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nred\nred\n")]
    public void Read_NoVocabulary_NamesTheFile(string vocabulary) =>
        Assert.Contains("words.txt", Assert.Throws<InvalidDataException>(() => Open(vocabulary, TextRules.Uncased)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_BytesThatAreNoText_NamesTheFile()
    {
        using var stream = new MemoryStream([0x5B, 0xFF, 0xFE, 0x0A]);

        Assert.Contains("words.txt", Assert.Throws<InvalidDataException>(() => Vocabulary.Read(stream, "words.txt", SpecialTokens.Bert)).Message, StringComparison.Ordinal);
    }

    // The table was made of string.Normalize; where there is no ICU, that returns its input and cannot be compared with.
    [Fact]
    public void Strip_EveryCharacter_IsTheDecompositionWithoutMarks()
    {
        Assert.SkipUnless("\u00E9".Normalize(NormalizationForm.FormD).Length == 2, "This process has no ICU to compare with.");
        var parts = new Rune[Decomposition.MostParts];
        for (var value = 1; value <= 0x10FFFF; value++)
        {
            if (Rune.IsValid(value) && Rune.GetUnicodeCategory(new Rune(value)) != System.Globalization.UnicodeCategory.OtherNotAssigned)
            {
                var count = Decomposition.Strip(new Rune(value), parts);

                var expected = new Rune(value).ToString().Normalize(NormalizationForm.FormD).EnumerateRunes().Where(rune => !BertCharacters.IsNonSpacingMark(rune));
                Assert.True(expected.SequenceEqual(parts[..count]), $"U+{value:X}");
            }
        }
    }

    private static int[] IdsOf(string text, TextRules rules)
    {
        var ids = new int[16];
        var read = Open(ModelFolder.Vocabulary, rules).Encode("", text, ids);
        return ids[..read.Length];
    }

    private static WordPieceTokenizer Open(string vocabulary, TextRules rules)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(vocabulary));
        return new WordPieceTokenizer(Vocabulary.Read(stream, "words.txt", SpecialTokens.Bert), rules);
    }
}
