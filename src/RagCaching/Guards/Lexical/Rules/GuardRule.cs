namespace RagCaching.Guards.Lexical.Rules;

/// <summary>The rule that refused a match.</summary>
internal enum GuardRule
{
    None,
    Length,
    Number,
    Unit,
    Code,
    Quote,
    Name,
    NameRestriction,
    Negation,
    LoneWord,
    Opposite,
    Pronoun,
    Relatives,
    QuestionWord,
    Tense,
    Connector,
    Order,
    Replacement,
    Quantifier,
    Language,
    Sign,
    Case,
    Spelling,
    Payload,
}
