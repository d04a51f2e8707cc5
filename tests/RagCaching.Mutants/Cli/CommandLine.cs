namespace RagCaching.Mutants.Cli;

/// <summary>The arguments of the program.</summary>
/// <param name="Only">Of what the name of a mutant, or of its list, must contain one; an empty text is in all of them.</param>
/// <param name="Configuration">The configuration of the build.</param>
/// <param name="Lists">Whether mutants are listed and not run.</param>
internal sealed record CommandLine(string[] Only, string Configuration, bool Lists)
{
    public const string Help = """
        Changes one line of the sources at a time and demands that a test fails. Build the solution first; nothing in the repository is changed.

          dotnet run -c Release --project tests/RagCaching.Mutants -- [options]

          --only <text,text,...>   only mutants with one of the texts in their name, or in that of their list
          --configuration <name>   the build whose tests are run; default Release
          --list                   says what there is, and runs nothing

        The exit code is 0 where every mutant was killed, 1 where one survived, is stale or no program, and 2 for wrong arguments.
        """;

    /// <summary>Reads arguments.</summary>
    /// <returns><see langword="null"/> where they are not understood, or help is asked for.</returns>
    public static CommandLine? Parse(IReadOnlyList<string> arguments)
    {
        var options = new CommandLine([""], "Release", Lists: false);
        for (var i = 0; i < arguments.Count; i++)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--only" when value is not null:
                    options = options with { Only = value.Split(',') };
                    i++;
                    break;
                case "--configuration" when value is not null:
                    options = options with { Configuration = value };
                    i++;
                    break;
                case "--list":
                    options = options with { Lists = true };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
