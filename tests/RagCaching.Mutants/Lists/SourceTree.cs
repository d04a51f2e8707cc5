namespace RagCaching.Mutants.Lists;

/// <summary>The repository that the program was built from.</summary>
internal static class SourceTree
{
    /// <summary>Gets its folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Gets the full path of a file or a folder.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RagCaching.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new MutantException("The program does not run from within the repository.");
    }
}
