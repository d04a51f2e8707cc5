namespace RagCaching.Quality.Tests.Encoding;

/// <summary>A temporary folder with the files of an encoder.</summary>
internal sealed class ModelFolder : IDisposable
{
    public const string Vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nred\ngreen\nblue\n##ish\n+\n";

    public ModelFolder(byte[]? model = null, string? vocabulary = null)
    {
        Path = Directory.CreateTempSubdirectory("ragcaching-").FullName;
        if (model is not null)
        {
            File.WriteAllBytes(System.IO.Path.Combine(Path, "model.onnx"), model);
        }

        if (vocabulary is not null)
        {
            File.WriteAllText(System.IO.Path.Combine(Path, "vocab.txt"), vocabulary);
        }
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
