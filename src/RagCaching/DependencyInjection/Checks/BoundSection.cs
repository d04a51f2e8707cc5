namespace RagCaching.DependencyInjection.Checks;

/// <summary>A section of the host's configuration that some cache or package reads: what is in it is no mistake in a section around it.</summary>
/// <param name="Path">Its path from the root of the configuration; empty for the root itself.</param>
internal sealed record BoundSection(string Path)
{
    /// <summary>Tells whether a key is this section, or on the way to it.</summary>
    public bool IsAtOrBelow(string path) =>
        Path.StartsWith(path, StringComparison.OrdinalIgnoreCase) && (Path.Length == path.Length || Path[path.Length] == ':');
}
