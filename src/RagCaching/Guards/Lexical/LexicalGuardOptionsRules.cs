using Microsoft.Extensions.Options;
using RagCaching.Guards.Lexical.Rules;
using RagCaching.Guards.Lexical.Text.Scanning;

namespace RagCaching.Guards.Lexical;

/// <summary>Checks the variant, the names of rules, and that every other list entry consists of single words.</summary>
internal sealed class LexicalGuardOptionsRules : IValidateOptions<LexicalGuardOptions>
{
    private const int MaxLength = 64;
    private const int MaxRelatives = 40;

    // The rule about long texts protects the cache and stays.
    private static readonly GuardRule[] Switchable = [.. Enum.GetValues<GuardRule>().Where(rule => rule is not (GuardRule.None or GuardRule.Length))];

    public static string[] WordsOf(string entry) => entry.ToLowerInvariant().Split('/');

    public ValidateOptionsResult Validate(string? name, LexicalGuardOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (!Enum.IsDefined(options.Variant))
        {
            errors.AddError($"Must be a value of {nameof(LexicalGuardVariant)}, but was {(int)options.Variant}.", nameof(options.Variant));
        }

        foreach (var entry in options.Opposites)
        {
            if (!AreWords(entry) || WordsOf(entry) is not [var first, var second] || first == second)
            {
                errors.AddError($"Must be two different words parted by a slash, but was '{entry}'.", nameof(options.Opposites));
            }
        }

        CheckSingle(options.ProtectedWords, nameof(options.ProtectedWords), errors);
        CheckSingle(options.Negators, nameof(options.Negators), errors);
        CheckGroups(options.Synonyms, least: 2, nameof(options.Synonyms), errors);
        CheckGroups(options.Units, least: 1, nameof(options.Units), errors);
        CheckGroups(options.Relatives, least: 1, nameof(options.Relatives), errors);
        if (options.Relatives.Count > MaxRelatives)
        {
            errors.AddError($"Must be at most {MaxRelatives} groups, but were {options.Relatives.Count}.", nameof(options.Relatives));
        }

        foreach (var entry in options.DisabledRules)
        {
            if (!TryParseRule(entry, out _))
            {
                errors.AddError($"Must be one of {string.Join(", ", Switchable)}, but was '{entry}'.", nameof(options.DisabledRules));
            }
        }

        return errors.Build();
    }

    /// <summary>Reads the name of a rule that can be switched off.</summary>
    public static bool TryParseRule(string? name, out GuardRule rule)
    {
        rule = Array.Find(Switchable, candidate => candidate.ToString().Equals(name, StringComparison.OrdinalIgnoreCase));
        return rule != GuardRule.None;
    }

    private static void CheckSingle(IEnumerable<string> entries, string property, ValidateOptionsResultBuilder errors)
    {
        foreach (var entry in entries)
        {
            if (!AreWords(entry) || WordsOf(entry).Length != 1)
            {
                errors.AddError($"Must be a single word, but was '{entry}'.", property);
            }
        }
    }

    private static void CheckGroups(IEnumerable<string> entries, int least, string property, ValidateOptionsResultBuilder errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!AreWords(entry) || WordsOf(entry).Length < least || !WordsOf(entry).All(seen.Add))
            {
                errors.AddError($"Must be {(least == 1 ? "one" : "two")} or more words parted by slashes, none of which stands in another group, but was '{entry}'.", property);
            }
        }
    }

    private static bool AreWords(string? entry) =>
        entry is not null && WordsOf(entry).All(word => word.Length is > 0 and <= MaxLength && Scanner.Word(word, 0) == word.Length);
}
