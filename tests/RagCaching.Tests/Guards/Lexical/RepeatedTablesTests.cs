using RagCaching.Guards.Lexical.Words;
using RagCaching.Guards.Lexical.Words.Languages;

namespace RagCaching.Tests.Guards.Lexical;

public sealed class RepeatedTablesTests
{
    [Fact]
    public void Tables_BuiltTwice_KnowTheSameWordsByTheSameStems()
    {
        var (first, second) = (Build(), Build());
        foreach (var text in (string[])["children", "went", "resetting", "密码", "卷", "捲", "abrir", "öffnen", "noch", "ungültig"])
        {
            Assert.Equal(first.Find(text)?.Stem, second.Find(text)?.Stem);
            Assert.Equal(first.Stemmer.Stem(text, new char[text.Length]), second.Stemmer.Stem(text, new char[text.Length]));
        }

        Assert.Equal("child", first.Stemmer.Stem("children", new char[8]).ToString());
    }

    private static WordTables Build()
    {
        var tables = new WordTablesBuilder();
        EnglishTables.AddTo(tables);
        return tables.Build(LanguageCatalog.AddTo(tables, static _ => { }));
    }
}
