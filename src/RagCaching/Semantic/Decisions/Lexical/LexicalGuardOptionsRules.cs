using Microsoft.Extensions.Options;

namespace RagCaching.Semantic.Decisions.Lexical;

/// <summary>Checks the variant, and that every list entry consists of single words.</summary>
internal sealed class LexicalGuardOptionsRules : IValidateOptions<LexicalGuardOptions>
{
    private const int MaxLength = 64;

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

        foreach (var entry in options.ProtectedWords)
        {
            if (!AreWords(entry) || WordsOf(entry).Length != 1)
            {
                errors.AddError($"Must be a single word, but was '{entry}'.", nameof(options.ProtectedWords));
            }
        }

        CheckSynonyms(options, errors);
        return errors.Build();
    }

    private static void CheckSynonyms(LexicalGuardOptions options, ValidateOptionsResultBuilder errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in options.Synonyms)
        {
            if (!AreWords(entry) || WordsOf(entry).Length < 2 || !WordsOf(entry).All(seen.Add))
            {
                errors.AddError($"Must be two or more words parted by slashes, none of which stands in another group, but was '{entry}'.", nameof(options.Synonyms));
            }
        }
    }

    private static bool AreWords(string? entry) =>
        entry is not null && WordsOf(entry).All(word => word.Length is > 0 and <= MaxLength && Scanner.Word(word, 0) == word.Length);
}
