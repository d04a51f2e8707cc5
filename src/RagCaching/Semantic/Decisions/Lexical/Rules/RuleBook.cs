namespace RagCaching.Semantic.Decisions.Lexical;

/// <summary>The rules in their order: the cheapest and most telling first. The first that refuses names the refusal.</summary>
internal static class RuleBook
{
    public static GuardRule FirstRefusal(Comparison pair)
    {
        if (NumberRule.Refuses(pair))
        {
            return GuardRule.Number;
        }

        if (UnitRule.Refuses(pair))
        {
            return GuardRule.Unit;
        }

        if (CodeRule.Refuses(pair))
        {
            return GuardRule.Code;
        }

        if (QuoteRule.Refuses(pair))
        {
            return GuardRule.Quote;
        }

        if (NameRule.Refuses(pair))
        {
            return GuardRule.Name;
        }

        if (!pair.IsLenient && NameRestrictionRule.Refuses(pair))
        {
            return GuardRule.NameRestriction;
        }

        if (PolarityRule.FirstRefusal(pair) is var polarity && polarity != GuardRule.None)
        {
            return polarity;
        }

        if (PronounRule.Refuses(pair))
        {
            return GuardRule.Pronoun;
        }

        if (KinRule.Refuses(pair))
        {
            return GuardRule.Kin;
        }

        if (!pair.IsLenient && QuestionWordRule.Refuses(pair))
        {
            return GuardRule.QuestionWord;
        }

        if (TenseRule.Refuses(pair))
        {
            return GuardRule.Tense;
        }

        if (!pair.IsLenient && ConnectorRule.Refuses(pair))
        {
            return GuardRule.Connector;
        }

        if (pair.IsStrict && (pair.A.HasOnly != pair.B.HasOnly || pair.A.HasEvery != pair.B.HasEvery))
        {
            return GuardRule.Quantifier;
        }

        if (pair.IsStrict && ReplacementRule.Refuses(pair))
        {
            return GuardRule.Replacement;
        }

        return pair.Order.Refuses(pair) ? GuardRule.Order : GuardRule.None;
    }
}
