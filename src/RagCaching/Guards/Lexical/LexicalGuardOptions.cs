namespace RagCaching;

/// <summary>Settings of a <see cref="LexicalGuard"/>, which reads them once, when it is created.</summary>
/// <remarks>The lists hold single words, compared without regard to case. An application adds the words of its domain; the built-in tables stay.</remarks>
public sealed class LexicalGuardOptions
{
    /// <summary>Gets or sets a value indicating whether the guard refuses anything at all.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets how readily the guard refuses.</summary>
    /// <value>Default <see cref="LexicalGuardVariant.Balanced"/>.</value>
    public LexicalGuardVariant Variant { get; set; } = LexicalGuardVariant.Balanced;

    /// <summary>Gets or sets a value indicating whether a name with a typo is taken for the name: one letter more, less or other, or two exchanged.</summary>
    /// <value>Default <see langword="false"/>: two real names, such as Syria and Styria, are often as near as a name and its typo.</value>
    public bool AllowNameTypos { get; set; }

    /// <summary>Gets further pairs of opposites: two words separated by a slash, such as <c>prod/staging</c>.</summary>
    /// <value>Empty by default. An entry that is not two different words is an error.</value>
    public IList<string> Opposites { get; } = [];

    /// <summary>Gets words that count as names also in lower case, such as the names of drugs or products: two different ones are refused, however alike they look.</summary>
    /// <value>Empty by default. List all names that questions may mix up: a name that only one question has refuses nothing except in strict.</value>
    public IList<string> ProtectedWords { get; } = [];

    /// <summary>Gets groups of words that are never a difference: two or more words separated by slashes, such as <c>k8s/kubernetes</c>.</summary>
    /// <value>Empty by default. A word may stand in one group only.</value>
    public IList<string> Synonyms { get; } = [];

    /// <summary>Gets further words that negate, such as <c>nicht</c>: a question with one is no match for a question without any.</summary>
    /// <value>Empty by default. Single words.</value>
    public IList<string> Negators { get; } = [];

    /// <summary>Gets further units: the names of one unit separated by slashes, such as <c>furlong/furlongs</c>. Equal numbers of different units are refused.</summary>
    /// <value>Empty by default. A word may stand in one group only; it is taken out of the built-in group that has it.</value>
    public IList<string> Units { get; } = [];

    /// <summary>Gets further persons who are told apart: the names of one separated by slashes, such as <c>stepmother/stepmom</c>.</summary>
    /// <value>Empty by default; at most 40 groups. A word may stand in one group only; it is taken out of the built-in group that has it.</value>
    public IList<string> Relatives { get; } = [];

    /// <summary>Gets the names of rules that refuse nothing.</summary>
    /// <value>
    /// Empty by default. Of <c>Number</c>, <c>Unit</c>, <c>Code</c>, <c>Quote</c>, <c>Name</c>, <c>NameRestriction</c>, <c>Negation</c>, <c>LoneWord</c>, <c>Opposite</c>, <c>Pronoun</c>,
    /// <c>Relatives</c>, <c>QuestionWord</c>, <c>Tense</c>, <c>Connector</c>, <c>Order</c>, <c>Replacement</c>, <c>Quantifier</c>, <c>Language</c>, <c>Sign</c>, <c>Case</c>,
    /// <c>Spelling</c> and <c>Payload</c>, without regard to case.
    /// </value>
    public IList<string> DisabledRules { get; } = [];

    internal bool HasOwnWords => Opposites.Count + ProtectedWords.Count + Synonyms.Count + Negators.Count + Units.Count + Relatives.Count > 0;
}
