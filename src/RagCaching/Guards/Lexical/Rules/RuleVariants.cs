namespace RagCaching.Guards.Lexical.Rules;

/// <summary>The variants of the guard in which a rule is asked.</summary>
[Flags]
internal enum RuleVariants
{
    Lenient = 1 << 0,
    Balanced = 1 << 1,
    Strict = 1 << 2,

    NotLenient = Balanced | Strict,
    All = Lenient | Balanced | Strict,
}
