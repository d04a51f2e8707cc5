namespace RagCaching.Guards.Lexical.Words;

/// <summary>English words of negation.</summary>
internal static class EnglishNegation
{
    /// <summary>Words that negate.</summary>
    public const string Negators = """
        cannot n't neither never no nobody non none nor not nothing nowhere without
        """;

    /// <summary>Words that restrict or nearly negate.</summary>
    public const string Lone = """
        except unless hardly barely rarely seldom
        """;

    /// <summary>Stems that are negative in themselves.</summary>
    public const string NegativeStems = """
        absenc absent against avoid bad ban bar beat ceas cur deny different difficult difficulty disabl disallow dislik empty end except fail failur fak fals
        few fix forbid forbidden forget give-up hard hate ignor illegal impossibl lack littl los lose miss myth oppos overcom poor prevent prohibit quit rar
        refus refusal reject seldom stop struggl troubl unabl unawar unknown unlik wrong
        """;

    /// <summary>Words that are negative in themselves as they stand.</summary>
    public const string NegativeWords = """
        little few hardly rarely seldom barely against except unless
        """;

    /// <summary>Words near a "no" that takes back what was said.</summary>
    public const string Repairs = """
        actually ahh er err hmm hold instead mean oops rather scratch sorry uh uhh um umm wait
        """;

    /// <summary>Words after which "no" stands only when it takes something back.</summary>
    public const string AfterRepair = """
        a actually an at by did do does er err for from hold how i in instead is make not of on oops or rather rephrase scratch sorry that the these this to
        uh uhh um umm wait was what when where which who whom whose why wrong
        """;
}
