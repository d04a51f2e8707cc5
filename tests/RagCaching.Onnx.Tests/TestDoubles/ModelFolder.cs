namespace RagCaching.Onnx.Tests.TestDoubles;

/// <summary>A temporary folder with the files of an encoder.</summary>
internal sealed class ModelFolder : IDisposable
{
    public const string Vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nred\ngreen\nblue\n##ish\n+\n";

    /// <summary>The number of lines of <see cref="Vocabulary"/>.</summary>
    public const int Words = 10;

    public ModelFolder(byte[]? model = null, string? vocabulary = null)
    {
        Path = Directory.CreateTempSubdirectory("ragcaching-").FullName;
        if (model is not null)
        {
            File.WriteAllBytes(ModelPath, model);
        }

        if (vocabulary is not null)
        {
            File.WriteAllText(VocabularyPath, vocabulary);
        }
    }

    public string Path { get; }

    public string ModelPath => System.IO.Path.Combine(Path, "model.onnx");

    public string VocabularyPath => System.IO.Path.Combine(Path, "vocab.txt");

    /// <summary>Creates a folder with a model that gives every token the vector (1, id).</summary>
    public static ModelFolder OfTokens(bool wantsTypes = false) => new(TinyModel.Tokens(TinyModel.Ids(Words), Words, wantsTypes), Vocabulary);

    public ModelFolder With(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
