using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Rules;

/// <summary>Which answers and losses after a removal the rules take for broken promises; each time is in microseconds, and MaxStaleness is two seconds.</summary>
public sealed class RemovalRuleTests
{
    private const long EndOfRemoval = 200;

    private static readonly Step Get = new(0, StepKind.Get, 0, 0, 1, 0, 0, 0, 0, SemanticCacheMode.ReadWrite, Behavior.Plain, TimeSpan.FromHours(1), 0);

    private readonly History _history = new(new Plan(1, new Settings(), [Get]));
    private readonly Life _remover = new(1, 0, 0);
    private readonly Life _other = new(2, 0, 1);

    [Theory]
    [InlineData(10, long.MaxValue, 300, true)]
    [InlineData(9, long.MaxValue, 300, false)]
    [InlineData(9, long.MaxValue, 2_000_201, true)]
    [InlineData(10, EndOfRemoval, 300, false)]
    [InlineData(10, EndOfRemoval, 2_000_201, true)]
    public void RemovalRule_AnAnswerOfAnotherInstance_IsNoticedIfThatMustKnow(long known, long endBegun, long servedAt, bool isNoticed)
    {
        Store(_other, invoked: 0, responded: 50);
        Remove(endBegun);
        _history.Add(new Operation(Get, _other) { Invoked = servedAt, Responded = servedAt + 1, KnownBefore = (0, known), Outcome = SemanticCacheOutcome.ExactHit, Text = string.Concat(AnswerText.Make(1, 10)), EntryId = "a" });

        Assert.Equal(isNoticed, new RemovalRule(isShared: true).Check(_history).Any());
    }

    [Theory]
    [InlineData(10, long.MaxValue, true)]
    [InlineData(9, long.MaxValue, false)]
    [InlineData(10, EndOfRemoval, false)]
    public void LostWriteRule_ALossAfterARemoval_IsNoticedIfTheWriterKnewOfIt(long known, long endBegun, bool isNoticed)
    {
        Remove(endBegun);
        Store(_other, invoked: 300, responded: 400, known);
        _history.Add(new Operation(Get with { Kind = StepKind.Lookup }, _other) { Invoked = 500, Responded = 501, Outcome = SemanticCacheOutcome.Miss });

        Assert.Equal(isNoticed, new LostWriteRule().Check(_history).Any());
    }

    private void Remove(long endBegun)
    {
        _remover.EndBegun = endBegun;
        _history.Add(new Operation(Get with { Kind = StepKind.RemoveScope }, _remover) { Invoked = 100, Responded = EndOfRemoval, KnownAfter = (0, 10) });
    }

    private void Store(Life life, long invoked, long responded, long known = 0)
    {
        var operation = new Operation(Get, life) { Invoked = invoked, Responded = responded, KnownBefore = (0, known), Outcome = SemanticCacheOutcome.Miss, EntryId = "a" };
        operation.Own = new Answer(1, operation) { Begun = invoked, Ended = responded, IsComplete = true };
        _history.Add(operation);
        _history.Add(operation.Own);
    }
}
