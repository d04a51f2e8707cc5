using RagCaching.Guards.Lexical;
using RagCaching.Guards.Lexical.Rules;
using RagCaching.Guards.Lexical.Words;
using RagCaching.Guards.Lexical.Words.Languages;
using RagCaching.Internal;

namespace RagCaching;

/// <summary>
/// Refuses a match when the two questions differ in something that changes the answer, such as a number, a name, a negation, an opposite, or who does
/// what to whom, however near their vectors are. Calls no model.
/// </summary>
/// <remarks>
/// <para>
/// Numbers, units, codes, quotes, signs and capitalised names are compared in every language, negation, opposites, months, weekdays and number words in the
/// languages that docs/lexical-guard.md lists, and the grammar of English. A question of more than 1,024 words is served only to one with the same words.
/// </para>
/// <para>
/// Thread-safe, the same on every machine and in every culture, and without allocation once a thread has compared its first pair. It never throws on any text.
/// The time grows with the length of the questions; see docs/lexical-guard.md for measurements.
/// </para>
/// </remarks>
public sealed class LexicalGuard : IMatchGuard
{
    private static readonly string[] RuleNames = Enum.GetNames<GuardRule>();
    private static readonly Lazy<WordTables> English = new(() => CreateTables(new LexicalGuardOptions()));

    // Kept by the thread and used by every guard: a comparison takes microseconds, and a shared pool would cost a part of them.
    [ThreadStatic]
    private static GuardWorkspace? _spare;

    private readonly WordTables _tables;
    private readonly LexicalGuardVariant _variant;
    private readonly bool _isEnabled;
    private readonly bool _allowsTypos;

    // A bit for each rule.
    private readonly uint _rulesOff;

    /// <summary>Creates a guard.</summary>
    /// <param name="options">The settings; <see langword="null"/> for the defaults. Copied.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is not valid.</exception>
    public LexicalGuard(LexicalGuardOptions? options = null)
    {
        var settings = (options ?? new LexicalGuardOptions()).Checked(new LexicalGuardOptionsRules());
        _isEnabled = settings.Enabled;
        _variant = settings.Variant;
        _allowsTypos = settings.AllowNameTypos;
        _tables = settings.HasOwnWords ? CreateTables(settings) : English.Value;
        foreach (var name in settings.DisabledRules)
        {
            _ = LexicalGuardOptionsRules.TryParseRule(name, out var rule);
            _rulesOff |= 1u << (int)rule;
        }
    }

    /// <inheritdoc/>
    /// <value>Always <c>lexical</c>.</value>
    public string Name => "lexical";

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException">A question is <see langword="null"/>.</exception>
    public bool Allows(string question, string candidate)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(candidate);

        return Decide(question, candidate) == GuardRule.None;
    }

    /// <inheritdoc/>
    /// <returns>One of the names in <see cref="LexicalGuardOptions.DisabledRules"/>, or <c>Length</c> for questions that are too long to compare; <see langword="null"/> where the guard has no objection.</returns>
    /// <exception cref="ArgumentNullException">A question is <see langword="null"/>.</exception>
    public string? RuleAgainst(string question, string candidate)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(candidate);

        var rule = Decide(question, candidate);
        return rule == GuardRule.None ? null : RuleNames[(int)rule];
    }

    /// <summary>Gets the rule that refuses, or <see cref="GuardRule.None"/>.</summary>
    internal GuardRule Decide(string question, string candidate)
    {
        if (!_isEnabled)
        {
            return GuardRule.None;
        }

        var workspace = _spare ?? new GuardWorkspace();
        _spare = null;
        var rule = workspace.Decide(question, candidate, _tables, _variant, _allowsTypos, _rulesOff);
        workspace.Pair.Clear();
        if (!workspace.Pair.IsTooBigToKeep)
        {
            _spare = workspace;
        }

        return rule;
    }

    private static WordTables CreateTables(LexicalGuardOptions options)
    {
        var tables = new WordTablesBuilder();
        EnglishTables.AddTo(tables);
        return tables.Build(LanguageCatalog.AddTo(tables, own => AddOwn(own, tables, options)));
    }

    private static void AddOwn(WordTablesBuilder words, WordTablesBuilder common, LexicalGuardOptions options)
    {
        foreach (var entry in options.Opposites)
        {
            var pair = LexicalGuardOptionsRules.WordsOf(entry);
            common.Opposites(pair[0], pair[1]);
        }

        foreach (var entry in options.ProtectedWords)
        {
            words.Flag(entry.ToLowerInvariant(), WordFlags.Protected);
        }

        foreach (var entry in options.Negators)
        {
            words.Flag(entry.ToLowerInvariant(), WordFlags.Negator | WordFlags.Stop);
        }

        foreach (var entry in options.Units)
        {
            var names = LexicalGuardOptionsRules.WordsOf(entry);
            if (words == common)
            {
                words.Units(names);
            }
        }

        foreach (var entry in options.Relatives)
        {
            if (words == common)
            {
                words.Relatives(LexicalGuardOptionsRules.WordsOf(entry));
            }
        }

        foreach (var entry in options.Synonyms)
        {
            words.Merge(LexicalGuardOptionsRules.WordsOf(entry));
        }
    }
}
