namespace RagCaching;

/// <summary>How readily a <see cref="LexicalGuard"/> refuses.</summary>
public enum LexicalGuardVariant
{
    /// <summary>The rules that stop the best part of wrong matches at a moderate cost in right ones.</summary>
    Balanced = 0,

    /// <summary>Fewer rules, for more hits.</summary>
    Lenient = 1,

    /// <summary>Refuses also what only one side says; for medicine, law and money. Costs about a third of all right matches.</summary>
    Strict = 2,
}
