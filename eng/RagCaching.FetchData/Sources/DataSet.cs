namespace RagCaching.FetchData.Sources;

/// <summary>A public set of data: where it is, what may be done with it, and which figures come from it.</summary>
/// <param name="Name">The name, which is that of its folder.</param>
/// <param name="Repository">The repository on GitHub and the commit.</param>
/// <param name="Licence">Its licence, and what must be said with it.</param>
/// <param name="Figures">The reports in <c>benchmarks/results</c> that use it.</param>
/// <param name="Files">Its files.</param>
internal sealed record DataSet(string Name, (string Name, string Commit) Repository, string Licence, string Figures, params SourceFile[] Files)
{
    /// <summary>Gets the digest of the questions that the figures were made of: <see cref="Cutting.Checking"/>; <see langword="null"/> where the files are used as they are.</summary>
    public string? QuestionDigest { get; init; }

    /// <summary>Gets the number of those questions.</summary>
    public int Questions { get; init; }

    /// <summary>Gets how the questions are made where <c>convert</c> does not make them.</summary>
    public string? ByHand { get; init; }

    public Uri AddressOf(SourceFile file) => new($"https://raw.githubusercontent.com/{Repository.Name}/{Repository.Commit}/{file.Path}");
}
