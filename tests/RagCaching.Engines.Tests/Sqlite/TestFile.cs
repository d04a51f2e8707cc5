namespace RagCaching.Engines.Tests.Sqlite;

/// <summary>A file of a test, in a folder of its own that goes with it.</summary>
internal sealed class TestFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ragcaching-sqlite-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "cache.db");

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
