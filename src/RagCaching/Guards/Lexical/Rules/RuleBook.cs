namespace RagCaching.Guards.Lexical.Rules;

/// <summary>The rules in their order: the cheapest and most telling first. The first that refuses names the refusal.</summary>
internal static class RuleBook
{
    public static GuardRule FirstRefusal(Comparison pair)
    {
        if (pair.IsOn(GuardRule.Number) && NumberRule.Refuses(pair))
        {
            return GuardRule.Number;
        }

        if (pair.IsOn(GuardRule.Unit) && UnitRule.Refuses(pair))
        {
            return GuardRule.Unit;
        }

        if (pair.IsOn(GuardRule.Code) && CodeRule.Refuses(pair))
        {
            return GuardRule.Code;
        }

        if (pair.IsOn(GuardRule.Quote) && QuoteRule.Refuses(pair))
        {
            return GuardRule.Quote;
        }

        if (pair.IsOn(GuardRule.Name) && NameRule.Refuses(pair))
        {
            return GuardRule.Name;
        }

        if (!pair.IsLenient && pair.IsOn(GuardRule.NameRestriction) && NameRestrictionRule.Refuses(pair))
        {
            return GuardRule.NameRestriction;
        }

        if (PolarityRule.FirstRefusal(pair) is var polarity && polarity != GuardRule.None)
        {
            return polarity;
        }

        if (pair.IsOn(GuardRule.Pronoun) && PronounRule.Refuses(pair))
        {
            return GuardRule.Pronoun;
        }

        if (pair.IsOn(GuardRule.Relatives) && RelativesRule.Refuses(pair))
        {
            return GuardRule.Relatives;
        }

        if (!pair.IsLenient && pair.IsOn(GuardRule.QuestionWord) && QuestionWordRule.Refuses(pair))
        {
            return GuardRule.QuestionWord;
        }

        if (pair.IsOn(GuardRule.Tense) && TenseRule.Refuses(pair))
        {
            return GuardRule.Tense;
        }

        if (!pair.IsLenient && pair.IsOn(GuardRule.Connector) && ConnectorRule.Refuses(pair))
        {
            return GuardRule.Connector;
        }

        if (pair.IsStrict && pair.IsOn(GuardRule.Quantifier) && (pair.A.HasOnly != pair.B.HasOnly || pair.A.HasEvery != pair.B.HasEvery))
        {
            return GuardRule.Quantifier;
        }

        if (pair.IsStrict && pair.IsOn(GuardRule.Replacement) && ReplacementRule.Refuses(pair))
        {
            return GuardRule.Replacement;
        }

        return pair.IsOn(GuardRule.Order) && pair.Order.Refuses(pair) ? GuardRule.Order : GuardRule.None;
    }
}
