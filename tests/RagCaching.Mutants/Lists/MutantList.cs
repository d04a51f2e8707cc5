namespace RagCaching.Mutants.Lists;

/// <summary>Reads the lists of mutants: plain text, one file for each room, described at the beginning of each.</summary>
internal static class MutantList
{
    /// <summary>Reads all lists next to the program.</summary>
    /// <exception cref="MutantException">A line is none of those that a list is made of.</exception>
    public static IReadOnlyList<Mutant> ReadAll() =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Mutants"), "*.txt").Order(StringComparer.Ordinal)
            .SelectMany(file => Read(Path.GetFileNameWithoutExtension(file), File.ReadAllLines(file)))];

    /// <summary>Reads a list.</summary>
    /// <param name="room">Its name.</param>
    /// <param name="lines">Its lines.</param>
    /// <exception cref="MutantException">A line is none of those that a list is made of.</exception>
    public static IReadOnlyList<Mutant> Read(string room, IReadOnlyList<string> lines)
    {
        var mutants = new List<Mutant>();
        var behaviour = "";
        Draft? draft = null;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].Trim();
            var place = $"{room}.txt:{i + 1}";
            if (line.StartsWith('=') || line.StartsWith('['))
            {
                Close(place);
            }

            switch (line.Length == 0 ? ' ' : line[0])
            {
                case ' ' or '#':
                    break;
                case '=':
                    behaviour = line[1..].Trim();
                    break;
                case '[' when line.EndsWith(']') && behaviour.Length > 0:
                    draft = new Draft(line[1..^1].Trim());
                    break;
                case '-' when draft is not null:
                    draft.Old.Add(line[1..].Trim());
                    break;
                case '+' when draft is not null && draft.New.Count < draft.Old.Count:
                    draft.New.Add(line[1..].Trim());
                    break;
                case 'i' when draft is not null && line.StartsWith("in ", StringComparison.Ordinal):
                    draft.File = line[3..].Trim();
                    break;
                case 'b' when draft is not null && line.StartsWith("by ", StringComparison.Ordinal):
                    draft.Tests.Add(ReadTest(line[3..], place));
                    break;
                default:
                    throw new MutantException($"{place}: a list has no line such as '{line}' here.");
            }
        }

        Close($"{room}.txt:{lines.Count}");
        return mutants;

        void Close(string place)
        {
            if (draft is null)
            {
                return;
            }

            if (draft.File.Split('/') is not ["src", _, _, ..] || draft.Old.Count == 0 || draft.Old.Count != draft.New.Count || draft.Old.Contains("") || draft.Tests.Count == 0)
            {
                throw new MutantException($"{place}: the mutant '{draft.Id}' above needs a file under src, a '+' for each '-' with text, and a test.");
            }

            mutants.Add(new Mutant(draft.Id, room, behaviour, draft.File, [.. draft.Old.Zip(draft.New, (old, replacement) => new Edit(old, replacement))], draft.Tests));
            draft = null;
        }
    }

    private static TestName ReadTest(string text, string place)
    {
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var project, var test] || test.Split('.') is not [var type, var method])
        {
            throw new MutantException($"{place}: '{text.Trim()}' is no 'Project Class.Method'.");
        }

        return new TestName(project, type, method);
    }

    private sealed class Draft(string id)
    {
        public string Id { get; } = id;

        public string File { get; set; } = "";

        public List<string> Old { get; } = [];

        public List<string> New { get; } = [];

        public List<TestName> Tests { get; } = [];
    }
}
