using RagCaching.Semantic.Words;

namespace RagCaching.Tests.Semantic.Words;

public sealed class PhraseSetTests
{
    private static readonly string[] Phrases = ["today", "to day", "tod", "now", "don't", "a", "@home", "now-ish", "jetzt", "größe", "今天", "сейчас"];
    private static readonly string[] Exceptions = ["now and then", "a la carte", "know-how"];

    [Theory]
    [InlineData("What is on today?", true)]
    [InlineData("TODAY", true)]
    [InlineData("What is on todays menu?", false)]
    [InlineData("What is known?", false)]
    [InlineData("It rains now and then", false)]
    [InlineData("It rains now and then, and now", true)]
    [InlineData("I don't", true)]
    [InlineData("I don\u2019t", true)]
    [InlineData("Who is @home", true)]
    [InlineData("me@home", false)]
    [InlineData("x-now-x", true)]
    [InlineData("x_now_x", true)]
    [InlineData("plan b or plan a", true)]
    [InlineData("plan b or a la carte", false)]
    [InlineData("Welche GRÖSSE?", false)]
    [InlineData("Welche GRÖßE?", true)]
    [InlineData("我今天来", true)]
    [InlineData("сейчас", true)]
    [InlineData("Что сейчас?", true)]
    [InlineData("", false)]
    [InlineData("n", false)]
    public void AreIn_WholePhrasesInAnyCase_AreFound(string text, bool expected) => Assert.Equal(expected, new PhraseSet(Phrases, Exceptions).AreIn(text));

    /// <summary>ASCII texts are searched in a way of their own, which must find the same: the same text with a character behind it that is no ASCII takes the other way.</summary>
    [Fact]
    public void AreIn_RandomAsciiTexts_AreTheSameInBothWays()
    {
        var set = new PhraseSet(Phrases, Exceptions);
        string[] pieces = [.. Phrases.Concat(Exceptions).Where(phrase => phrase.All(char.IsAscii)), " ", "-", "_", "x", "7", "'", "T", ". ", "NOW", "\0"];
        var random = new Random(1);
        var found = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => pieces[random.Next(pieces.Length)]));
            var isFound = set.AreIn(text);
            Assert.True(isFound == set.AreIn(text + " \u00A7"), text);
            found += isFound ? 1 : 0;
        }

        Assert.InRange(found, 1_000, 19_000);
    }
}
