namespace RagCaching.FetchData.Sources;

/// <summary>A file of a set.</summary>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Sha256">Its SHA-256; <see langword="null"/> where none is known: the commit pins it.</param>
internal sealed record SourceFile(string Path, string? Sha256 = null)
{
    public string Name => System.IO.Path.GetFileName(Path);
}
