using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Tests.Semantic.Entries;

public sealed class DecodedAnswersTests
{
    private readonly DecodedAnswers _answers = new();
    private readonly StoredAnswer _answer = new() { Version = StoredAnswer.CurrentVersion, Messages = [] };

    [Fact]
    public void Find_SameArrayAndNonce_ReturnsTheAnswer()
    {
        var payload = new byte[10];
        _answers.Keep(payload, "n", _answer);

        Assert.Same(_answer, _answers.Find(payload, "n"));
    }

    [Fact]
    public void Find_OtherNonceOrOtherArrayWithTheSameBytes_ReturnsNothing()
    {
        var payload = new byte[10];
        _answers.Keep(payload, "n", _answer);

        Assert.Null(_answers.Find(payload, "m"));
        Assert.Null(_answers.Find(new byte[10], "n"));
    }

    [Fact]
    public void Keep_PartOfAnArrayOrALargePayload_IsNotRemembered()
    {
        var part = new byte[10].AsMemory(1);
        var large = new byte[100_000];
        _answers.Keep(part, "n", _answer);
        _answers.Keep(large, "n", _answer);

        Assert.Null(_answers.Find(part, "n"));
        Assert.Null(_answers.Find(large, "n"));
    }

    [Fact]
    public void Keep_MoreThanItRemembers_StaysBoundedAndFindsTheNewest()
    {
        var payloads = Enumerable.Range(0, DecodedAnswers.Capacity + 10).Select(_ => new byte[1]).ToArray();
        foreach (var payload in payloads)
        {
            _answers.Keep(payload, "n", _answer);
        }

        Assert.Same(_answer, _answers.Find(payloads[^1], "n"));
        Assert.InRange(payloads.Count(payload => _answers.Find(payload, "n") is not null), 1, DecodedAnswers.Capacity);
    }
}
