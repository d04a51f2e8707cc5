namespace RagCaching.LatencyLab.Rag;

/// <summary>Finds the working copy that the lab was built in.</summary>
internal static class RepositoryRoot
{
    private const string Marker = "RagCaching.sln";

    /// <summary>Looks upwards from the current directory, then from where the lab lies.</summary>
    /// <exception cref="LabException">There is no working copy above either.</exception>
    public static string Find() =>
        Above(Directory.GetCurrentDirectory())
        ?? Above(AppContext.BaseDirectory)
        ?? throw new LabException($"The lab reads the documentation of its repository, and found no {Marker} in any folder above it. Run it inside a clone.");

    private static string? Above(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            if (File.Exists(Path.Combine(current.FullName, Marker)))
            {
                return current.FullName;
            }
        }

        return null;
    }
}
