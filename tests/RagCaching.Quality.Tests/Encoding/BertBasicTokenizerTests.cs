using RagCaching.Quality.Encoding;

namespace RagCaching.Quality.Tests.Encoding;

public sealed class BertBasicTokenizerTests
{
    [Theory]
    [InlineData("Is C++ slower than C#?", "is c + + slower than c # ?")]
    [InlineData("pay $1, not €1", "pay $ 1 , not €1")]
    [InlineData("a<b=c>d^e|f~g`h", "a < b = c > d ^ e | f ~ g ` h")]
    [InlineData("it's 100% at 20°", "it ' s 100 % at 20°")]
    [InlineData("«so» — really…", "« so » — really …")]
    [InlineData("sun 🌞rise", "sun 🌞rise")]
    public void Split_Symbols_AreKeptAndPunctuationStandsAlone(string text, string expected) => Assert.Equal(expected, Words(text));

    [Theory]
    [InlineData("Crème Brûlée", "creme brulee")]
    [InlineData("nai\u0308ve", "naive")]
    [InlineData("ÅNGSTRÖM", "angstrom")]
    [InlineData("İzmir", "izmir")]
    [InlineData("한", "\u1112\u1161\u11AB")]
    public void Split_Accents_AreStrippedAndLettersLowered(string text, string expected) => Assert.Equal(expected, Words(text));

    [Theory]
    [InlineData("我是 cat", "我 是 cat")]
    [InlineData("go東京go", "go 東 京 go")]
    [InlineData("x\U00020001y", "x \U00020001 y")]
    [InlineData("ひらがな", "ひらかな")]
    public void Split_Ideographs_StandAloneAndKanaDoNot(string text, string expected) => Assert.Equal(expected, Words(text));

    [Theory]
    [InlineData("one\ntwo\tthree\r\nfour", "one two three four")]
    [InlineData("a\u00A0b\u3000c\u2028d", "a b c d")]
    public void Split_WhiteSpace_SeparatesWords(string text, string expected) => Assert.Equal(expected, Words(text));

    [Theory]
    [InlineData("a\0b\u0007c", "abc")]
    [InlineData("zero\u200Bwidth\uFEFF", "zerowidth")]
    [InlineData("pri\uE000vate \uFFFD", "private")]
    [InlineData("\u000Bx\u0085y", "xy")]
    public void Split_ControlCharacters_Vanish(string text, string expected) => Assert.Equal(expected, Words(text));

    [Fact]
    public void Split_LoneSurrogate_Vanishes() => Assert.Equal("ab", Words("a\uD83Db"));

    [Theory]
    [InlineData("")]
    [InlineData(" \n\0 ")]
    public void Split_NothingToRead_GivesNoWords(string text) => Assert.Equal("", Words(text));

    // How many blanks stand between two words means nothing to WordPiece.
    private static string Words(string text) => string.Join(' ', BertBasicTokenizer.Split(text).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
