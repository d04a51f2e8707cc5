using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Comparers;

public sealed class AnswerComparersTests
{
    private static readonly string LongText = string.Join(' ', Enumerable.Repeat("the answer goes on", 8));

    [Theory]
    [InlineData("Paris", "paris.", AnswerComparison.Same)]
    [InlineData("  The  answer is: 42 ", "the answer is 42", AnswerComparison.Same)]
    [InlineData("Jos\u00E9", "Jose\u0301", AnswerComparison.Same)]
    [InlineData("42", "\uFF14\uFF12", AnswerComparison.Same)]
    [InlineData("It\u2019s Paris", "It's Paris", AnswerComparison.Same)]
    [InlineData("pa\u00ADris", "Paris", AnswerComparison.Same)]
    [InlineData("\u0928\u0939\u0940\u0902", "\u0928\u0939", AnswerComparison.Different)]
    [InlineData("4.2", "42", AnswerComparison.Different)]
    [InlineData("-5", "5", AnswerComparison.Different)]
    [InlineData("C#", "C", AnswerComparison.Different)]
    [InlineData("5 %", "5", AnswerComparison.Different)]
    [InlineData("Paris", "Lyon", AnswerComparison.Different)]
    [InlineData("", "Lyon", AnswerComparison.Unknown)]
    [InlineData("!", "!", AnswerComparison.Unknown)]
    public async Task ShortAnswers_Texts_AreComparedByWhatTheySay(string fresh, string cached, AnswerComparison expected) =>
        Assert.Equal(expected, await CompareAsync(AnswerComparers.ShortAnswers, fresh, cached));

    [Fact]
    public async Task ShortAnswers_LongTexts_AreUnknownUnlessEqual()
    {
        Assert.Equal(AnswerComparison.Unknown, await CompareAsync(AnswerComparers.ShortAnswers, LongText, LongText + " further"));
        Assert.Equal(AnswerComparison.Same, await CompareAsync(AnswerComparers.ShortAnswers, LongText, LongText.ToUpperInvariant()));
    }

    [Theory]
    [InlineData(0.9f, AnswerComparison.Same)]
    [InlineData(0.8f, AnswerComparison.Different)]
    public async Task Prose_LongTexts_AreComparedByTheirVectors(float similarity, AnswerComparison expected)
    {
        var generator = new TestEmbeddingGenerator { Vector = text => text == LongText ? [1, 0] : [similarity, MathF.Sqrt(1 - (similarity * similarity))] };

        Assert.Equal(expected, await CompareAsync(AnswerComparers.Prose(generator), LongText, LongText + " further"));
        Assert.Equal(1, generator.Calls);
    }

    [Fact]
    public async Task Prose_AnotherNumber_IsDifferentHoweverNearTheVectorsAre()
    {
        var generator = new TestEmbeddingGenerator { Vector = _ => [1, 0] };

        Assert.Equal(AnswerComparison.Different, await CompareAsync(AnswerComparers.Prose(generator), LongText + " 5 mg", LongText + " 50 mg"));
        Assert.Equal(0, generator.Calls);
    }

    [Fact]
    public async Task Prose_ShortTexts_NeedNoVectors()
    {
        var generator = new TestEmbeddingGenerator();

        Assert.Equal(AnswerComparison.Different, await CompareAsync(AnswerComparers.Prose(generator), "Paris", "Lyon"));
        Assert.Equal(0, generator.Calls);
    }

    [Fact]
    public async Task Prose_ZeroVectors_AreUnknown()
    {
        var generator = new TestEmbeddingGenerator { Vector = _ => [0, 0] };

        Assert.Equal(AnswerComparison.Unknown, await CompareAsync(AnswerComparers.Prose(generator), LongText, LongText + " further"));
    }

    [Theory]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void Prose_NoCosine_IsRefused(float similarity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AnswerComparers.Prose(new TestEmbeddingGenerator(), similarity));

    private static async Task<AnswerComparison> CompareAsync(IAnswerComparer comparer, string fresh, string cached) =>
        await comparer.CompareAsync("a question", CacheFixture.Answer(fresh), CacheFixture.Answer(cached), TestContext.Current.CancellationToken);
}
