namespace RagCaching.LatencyLab.Rag;

/// <summary>Reads the documentation of the repository from disk.</summary>
internal static class Documentation
{
    private static readonly string[] NoGuides = ["CHANGELOG.md", "architecture.md"];

    /// <summary>Reads and cuts the pages.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The chunks of each source: the guides in <c>docs</c>, the decisions below them, and the pages about the project beside the solution, without those that answer no question of a user.</returns>
    /// <exception cref="LabException">There is no page at all.</exception>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<DocumentChunk>>> ReadAsync(string root, CancellationToken cancellationToken)
    {
        var sources = new Dictionary<string, IReadOnlyList<DocumentChunk>>(StringComparer.Ordinal)
        {
            ["guides"] = await ReadAsync(root, "docs", SearchOption.TopDirectoryOnly, cancellationToken),
            ["decisions"] = await ReadAsync(root, "docs/decisions", SearchOption.AllDirectories, cancellationToken),
            ["project"] = await ReadAsync(root, ".", SearchOption.TopDirectoryOnly, cancellationToken),
        };
        return sources.Values.Any(chunks => chunks.Count > 0)
            ? sources
            : throw new LabException($"There is no README.md and no docs/**/*.md in {root}, and the lab has nothing to search.");
    }

    private static async Task<IReadOnlyList<DocumentChunk>> ReadAsync(string root, string folder, SearchOption depth, CancellationToken cancellationToken)
    {
        var chunks = new List<DocumentChunk>();
        var path = Path.GetFullPath(Path.Combine(root, folder));
        if (!Directory.Exists(path))
        {
            return chunks;
        }

        // The order of files differs between file systems, and must not change the outcome.
        foreach (var file in Directory.EnumerateFiles(path, "*.md", depth).Where(file => !NoGuides.Contains(Path.GetFileName(file))).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(root, file).Replace('\\', '/');
            chunks.AddRange(MarkdownChunker.Chunk(name, await File.ReadAllTextAsync(file, cancellationToken)));
        }

        return chunks;
    }
}
