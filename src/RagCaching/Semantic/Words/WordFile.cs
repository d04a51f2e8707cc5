namespace RagCaching.Semantic.Words;

/// <summary>Reads files of words that are part of the library.</summary>
internal static class WordFile
{
    /// <summary>Reads the lines of a file that are neither blank nor comments.</summary>
    /// <param name="resource">The name of the resource.</param>
    public static string[] Read(string resource)
    {
        using var stream = typeof(WordFile).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The resource {resource} is missing.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
    }
}
