using RagCaching.Guards.Lexical.Facts;

namespace RagCaching.Guards.Lexical.Rules;

/// <summary>A row of the rule book.</summary>
/// <param name="Rule">The rule, which names the refusal and can be switched off by its name.</param>
/// <param name="Variants">Where it is asked.</param>
/// <param name="Refuses">Whether it refuses a pair.</param>
internal sealed record RuleRow(GuardRule Rule, RuleVariants Variants, Func<RuleBook, Comparison, bool> Refuses);
