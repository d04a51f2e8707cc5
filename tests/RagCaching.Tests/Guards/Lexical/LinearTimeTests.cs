using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Rules;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Text.Scanning;
using RagCaching.Guards.Lexical.Words;
using RagCaching.Guards.Lexical.Words.Languages;

namespace RagCaching.Tests.Guards.Lexical;

/// <summary>The work grows with the length of the questions, whatever they consist of. Steps are counted, not time.</summary>
public sealed class LinearTimeTests
{
    private const int MostCharacters = 100_000;

    // Twice the text may cost twice the steps, and some for tables that grow.
    private const double MostGrowth = 2.6;

    private static readonly WordTables Tables = CreateTables();

    [Theory]
    [InlineData("Aaron{0} Bertha{0}")]
    [InlineData("AB{0} word{0}")]
    [InlineData("{0} apples")]
    [InlineData("x{0}.y{0} -f{0} /p{0}")]
    [InlineData("\"quote{0}\"")]
    [InlineData("unhappy{0} legal{0} more less")]
    [InlineData("what price and by made who")]
    [InlineData("a{0}-b{0} c/d{0}")]
    [InlineData("你好{0}不是")]
    [InlineData("ésta{0} año{0}")]
    [InlineData("+ - * {0} == != ?.")]
    public void Decide_TwiceTheWords_TakesAboutTwiceTheSteps(string pattern)
    {
        var steps = new[] { 256, 512, 1_024 }.Select(words => StepsOf(Repeat(pattern, words, 0), Repeat(pattern, words, 7))).ToArray();

        Assert.InRange(steps[1], 0, (long)(MostGrowth * steps[0]) + 1_000);
        Assert.InRange(steps[2], 0, (long)(MostGrowth * steps[1]) + 1_000);
    }

    [Theory]
    [InlineData("a.b+")]
    [InlineData("`a ")]
    [InlineData("- ")]
    [InlineData("?!")]
    [InlineData("x")]
    [InlineData("1 000 ")]
    [InlineData("www.")]
    [InlineData("文")]
    [InlineData("né ")]
    [InlineData("不可以")]
    public void Decide_HundredThousandCharacters_LooksAtEachAFewTimes(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, MostCharacters / piece.Length)) + "@";
        var vocabulary = new Vocabulary { Tables = Tables };
        var tokens = new List<Token>();
        new Tokenizer(vocabulary).Read(text, tokens, new TextStyle());

        Assert.InRange(vocabulary.Steps, 0, 12L * MostCharacters);
        Assert.InRange(tokens.Sum(token => (long)token.End - token.Start), 0, 2L * MostCharacters);
    }

    [Theory]
    [InlineData("a.b+c.", 64)]
    [InlineData("aaaa", 64)]
    public void Mail_WithoutAnEndInReach_GivesUpEarly(string piece, int reach)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000)) + "@example.org";

        Assert.Equal(0, CodeScanner.Mail(text, 0));
        Assert.Equal(text.Length, CodeScanner.Mail(text, text.Length - "@example.org".Length - (reach / 2)));
    }

    private static long StepsOf(string question, string candidate)
    {
        var pair = new Comparison();
        pair.Read(question, candidate, Tables);
        pair.ReadFacts(isStrict: false, isLenient: false, allowsTypos: true);
        foreach (var row in RuleBook.Rows)
        {
            _ = row.Refuses(new RuleBook(), pair);
        }

        return pair.Vocabulary.Steps;
    }

    private static string Repeat(string pattern, int words, int shift)
    {
        var perPattern = pattern.Count(c => c == ' ') + 1;
        return string.Join(' ', Enumerable.Range(shift, words / perPattern).Select(i => pattern.Replace("{0}", Letters(i), StringComparison.Ordinal)));
    }

    /// <summary>A different ending for each number.</summary>
    private static string Letters(int number) => $"{(char)('a' + (number % 26))}{(char)('a' + (number / 26 % 26))}{number % 7}";

    private static WordTables CreateTables()
    {
        var tables = new WordTablesBuilder();
        EnglishTables.AddTo(tables);
        return tables.Build(LanguageCatalog.AddTo(tables, _ => { }));
    }
}
