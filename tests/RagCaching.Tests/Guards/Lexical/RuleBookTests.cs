using RagCaching.Guards.Lexical;
using RagCaching.Guards.Lexical.Rules;

namespace RagCaching.Tests.Guards.Lexical;

public sealed class RuleBookTests
{
    [Fact]
    public void Rows_EveryRule_HasOne()
    {
        var rules = Enum.GetValues<GuardRule>().Where(rule => rule is not (GuardRule.None or GuardRule.Length)).Order();

        Assert.Equal(rules, RuleBook.Rows.Select(row => row.Rule).Distinct().Order());
    }

    [Fact]
    public void DisabledRules_EveryRowOfTheBook_CanBeNamed() =>
        Assert.All(RuleBook.Rows, row =>
        {
            Assert.True(LexicalGuardOptionsRules.TryParseRule(row.Rule.ToString(), out var rule));
            Assert.Equal(row.Rule, rule);
            _ = new LexicalGuard(new LexicalGuardOptions { DisabledRules = { row.Rule.ToString() } });
        });

    [Fact]
    public void DisabledRules_AllOfThem_RefusesNothingShort()
    {
        var options = new LexicalGuardOptions { Variant = LexicalGuardVariant.Strict };
        foreach (var row in RuleBook.Rows)
        {
            options.DisabledRules.Add(row.Rule.ToString());
        }

        Assert.True(new LexicalGuard(options).Allows("Is it not 5 mg in Oslo?", "Will he pay 7 g from \"Rome\" or on?"));
    }
}
