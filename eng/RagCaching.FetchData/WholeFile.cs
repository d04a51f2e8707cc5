namespace RagCaching.FetchData;

/// <summary>Writes files that have their name only when they are whole: an interruption leaves none that looks like one.</summary>
internal static class WholeFile
{
    private const string Unfinished = ".part";

    /// <summary>Writes a file, over one of its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="check">Looks at the finished content, and throws if it must not be kept.</param>
    public static async Task WriteAsync(string path, Func<Stream, Task> write, Action<Stream>? check = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var part = path + Unfinished;
        try
        {
            using (var file = new FileStream(part, FileMode.Create, FileAccess.ReadWrite))
            {
                await write(file).ConfigureAwait(false);
                file.Position = 0;
                check?.Invoke(file);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
