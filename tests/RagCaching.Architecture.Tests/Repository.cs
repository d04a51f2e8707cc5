namespace RagCaching.Architecture.Tests;

/// <summary>The repository that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Gets the source files of a shipped project, relative to its folder, with forward slashes.</summary>
    public static IReadOnlyList<string> SourcesOf(string project)
    {
        var folder = Path.Combine(Root, "src", project);
        return [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    public static string Read(string project, string file) => File.ReadAllText(Path.Combine(Root, "src", project, file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RagCaching.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run from within the repository.");
    }
}
