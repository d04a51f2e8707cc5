using RagCaching.Quality.Data;

namespace RagCaching.Quality.Tests.Data;

public sealed class PairCsvTests
{
    [Fact]
    public void Read_QuotedTextsAndAnyOrderOfColumns_AreUnderstood()
    {
        var pairs = Read("label,question,candidate,similarity\n1,\"a \"\"b\"\", c\",d,0.5\n0,\"two\nlines\",e,\n");

        Assert.Equal(new LabelledPair("a \"b\", c", "d", true, 0.5f, ""), pairs[0]);
        Assert.Equal(("two\nlines", false, float.NaN), (pairs[1].Question, pairs[1].IsRight, pairs[1].Similarity));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("question,label\na,1\n", "'candidate'")]
    [InlineData("question,candidate,label\na,b,1\nc,d,2\n", "line 3: the label must be 1 (right) or 0 (wrong), but is '2'")]
    [InlineData("question,candidate,label,similarity\n\"a\nb\",b,1,0.5\nc,d,0,1.5\n", "line 4: the similarity must be in [-1, 1], but is '1.5'")]
    [InlineData("question,candidate,label,similarity\na,b,1,NaN\n", "line 2")]
    [InlineData("question,candidate,label\na,b\n", "line 2: 2 values")]
    [InlineData("question,candidate,label\n\"a,b,1\n", "line 2: a quotation mark")]
    [InlineData("question,candidate,label\na,b,1\nc,d,1\n", "2 of 2 pairs are right")]
    public void Read_BadInput_NamesLineAndValue(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<QualityException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static IReadOnlyList<LabelledPair> Read(string text) => PairCsv.Read("pairs.csv", new StringReader(text));
}
