namespace RagCaching.Mutants.Lists;

/// <summary>A change of the sources that undoes a behaviour, and the tests that must notice.</summary>
/// <param name="Id">Its name, unique among all mutants.</param>
/// <param name="Room">The list that it is in.</param>
/// <param name="Behaviour">What it undoes.</param>
/// <param name="File">The source file, relative to the repository, with forward slashes.</param>
/// <param name="Edits">What is replaced, in order.</param>
/// <param name="Tests">The tests that are run; at least one of them must fail.</param>
internal sealed record Mutant(string Id, string Room, string Behaviour, string File, IReadOnlyList<Edit> Edits, IReadOnlyList<TestName> Tests)
{
    /// <summary>Gets the name of the project that is changed.</summary>
    public string Project => File.Split('/')[1];

    /// <summary>Changes the text of the source file.</summary>
    /// <returns><see langword="null"/> where the mutant is stale: something to replace is not there, or is there more than once.</returns>
    public string? ApplyTo(string source)
    {
        foreach (var edit in Edits)
        {
            var at = source.IndexOf(edit.Old, StringComparison.Ordinal);
            if (at < 0 || source.IndexOf(edit.Old, at + 1, StringComparison.Ordinal) >= 0)
            {
                return null;
            }

            source = string.Concat(source.AsSpan(0, at), edit.New, source.AsSpan(at + edit.Old.Length));
        }

        return source;
    }
}
