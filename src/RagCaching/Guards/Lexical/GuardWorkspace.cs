using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Rules;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical;

/// <summary>Everything that one comparison of two questions needs. Reused by one thread at a time.</summary>
internal sealed class GuardWorkspace
{
    /// <summary>Longer questions are not compared by rules: they may be served only when they are the same up to what carries no meaning.</summary>
    public const int MaxWords = 1_024;

    private readonly RuleBook _rules = new();

    public Comparison Pair { get; } = new();

    public GuardRule Decide(string question, string candidate, WordTables tables, LexicalGuardVariant variant, bool allowsTypos, uint rulesOff)
    {
        Pair.Read(question, candidate, tables);
        if (Pair.HaveSameWords())
        {
            return GuardRule.None;
        }

        if (Pair.LongerWords > MaxWords)
        {
            return GuardRule.Length;
        }

        Pair.ReadFacts(variant == LexicalGuardVariant.Strict, variant == LexicalGuardVariant.Lenient, allowsTypos);
        return _rules.FirstRefusal(Pair, Of(variant), rulesOff);
    }

    private static RuleVariants Of(LexicalGuardVariant variant) => variant switch
    {
        LexicalGuardVariant.Lenient => RuleVariants.Lenient,
        LexicalGuardVariant.Strict => RuleVariants.Strict,
        _ => RuleVariants.Balanced,
    };
}
