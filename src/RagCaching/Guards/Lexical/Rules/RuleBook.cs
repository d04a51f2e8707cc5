using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Order;
using RagCaching.Guards.Lexical.Rules.Names;
using RagCaching.Guards.Lexical.Rules.Numbers;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>The rules in their order: the cheapest and most telling first. The first that refuses names the refusal.</summary>
/// <remarks>Reused by one thread at a time: the order of words needs room.</remarks>
internal sealed class RuleBook
{
    private readonly OrderRule _order = new();
    private readonly SignRule _sign = new();
    private readonly SpellingRule _spelling = new();

    /// <summary>Gets the rules. Every rule but <see cref="GuardRule.Length"/>, which protects the cache and cannot be switched off, has a row.</summary>
    public static RuleRow[] Rows { get; } =
    [
        new(GuardRule.Language, RuleVariants.All, static (_, pair) => LanguageRule.Refuses(pair)),
        new(GuardRule.Number, RuleVariants.All, static (_, pair) => NumberRule.Refuses(pair)),
        new(GuardRule.Unit, RuleVariants.All, static (_, pair) => UnitRule.Refuses(pair)),
        new(GuardRule.Sign, RuleVariants.All, static (book, pair) => book._sign.Refuses(pair)),
        new(GuardRule.Case, RuleVariants.All, static (_, pair) => CaseRule.Refuses(pair)),
        new(GuardRule.Code, RuleVariants.All, static (_, pair) => CodeRule.Refuses(pair)),
        new(GuardRule.Quote, RuleVariants.All, static (_, pair) => QuoteRule.Refuses(pair)),
        new(GuardRule.Name, RuleVariants.All, static (_, pair) => NameRule.Refuses(pair)),
        new(GuardRule.NameRestriction, RuleVariants.NotLenient, static (_, pair) => NameRestrictionRule.Refuses(pair)),
        new(GuardRule.Spelling, RuleVariants.All, static (book, pair) => book._spelling.Refuses(pair)),
        new(GuardRule.Negation, RuleVariants.All, static (_, pair) => NegationRule.Refuses(pair)),
        new(GuardRule.LoneWord, RuleVariants.NotLenient, static (_, pair) => LoneWordRule.Refuses(pair)),
        new(GuardRule.Opposite, RuleVariants.All, static (_, pair) => OppositeRule.Refuses(pair)),
        new(GuardRule.Pronoun, RuleVariants.All, static (_, pair) => PronounRule.Refuses(pair)),
        new(GuardRule.Relatives, RuleVariants.All, static (_, pair) => RelativesRule.Refuses(pair)),
        new(GuardRule.QuestionWord, RuleVariants.NotLenient, static (_, pair) => QuestionWordRule.Refuses(pair)),
        new(GuardRule.Tense, RuleVariants.All, static (_, pair) => TenseRule.Refuses(pair)),
        new(GuardRule.Connector, RuleVariants.NotLenient, static (_, pair) => ConnectorRule.Refuses(pair)),
        new(GuardRule.Payload, RuleVariants.NotLenient, static (_, pair) => PayloadRule.Refuses(pair)),
        new(GuardRule.Quantifier, RuleVariants.Strict, static (_, pair) => QuantifierRule.Refuses(pair)),
        new(GuardRule.Replacement, RuleVariants.Strict, static (_, pair) => ReplacementRule.Refuses(pair)),
        new(GuardRule.Order, RuleVariants.All, static (book, pair) => book._order.Refuses(pair)),
    ];

    public GuardRule FirstRefusal(Comparison pair, RuleVariants variant, uint rulesOff)
    {
        foreach (var row in Rows)
        {
            if ((row.Variants & variant) != 0 && (rulesOff & (1u << (int)row.Rule)) == 0 && row.Refuses(this, pair))
            {
                return row.Rule;
            }
        }

        return GuardRule.None;
    }
}
