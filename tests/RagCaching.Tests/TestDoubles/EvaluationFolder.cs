namespace RagCaching.Tests.TestDoubles;

/// <summary>The evaluation data, which is no part of the repository: the folder that RAGCACHING_DATA names, or "shared/data" beside the repository.</summary>
internal static class EvaluationFolder
{
    /// <summary>Finds the folder, or skips the test.</summary>
    public static string FindOrSkip()
    {
        var folder = Find();
        Assert.SkipWhen(folder is null, "The evaluation data is not here: set RAGCACHING_DATA to its folder.");
        return folder!;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("RAGCACHING_DATA") is { Length: > 0 } named)
        {
            return named;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RagCaching.sln")))
        {
            folder = folder.Parent;
        }

        var beside = folder?.Parent is null ? null : Path.Combine(folder.Parent.FullName, "shared", "data");
        return Directory.Exists(beside) ? beside : null;
    }
}
