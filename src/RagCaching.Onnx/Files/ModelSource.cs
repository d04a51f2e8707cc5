using System.IO.Hashing;
using System.Text;
using RagCaching.Onnx.Tokenization;

namespace RagCaching.Onnx.Files;

/// <summary>A model with its vocabulary and settings, before it is opened.</summary>
internal sealed class ModelSource
{
    // Far more than any vocabulary; what is larger is another file.
    private const long MostVocabularyBytes = 64 << 20;
    private const int DigestLength = 12;
    private const string NameOfStreams = "onnx";

    private readonly string _folderName;
    private readonly byte[] _vocabularyDigest;

    private ModelSource(string folderName, string? path, byte[]? content, (Vocabulary Words, byte[] Digest) vocabulary, ModelSettings settings)
    {
        _folderName = folderName;
        _vocabularyDigest = vocabulary.Digest;
        Name = path ?? "The stream of the model";
        Path = path;
        Content = content;
        Vocabulary = vocabulary.Words;
        Settings = settings;
    }

    /// <summary>Gets what messages call the model: its path, or what it was read from.</summary>
    public string Name { get; }

    /// <summary>Gets the path of the model; <see langword="null"/> if it came from a stream.</summary>
    public string? Path { get; }

    /// <summary>Gets the model; <see langword="null"/> if it is a file.</summary>
    public byte[]? Content { get; }

    public Vocabulary Vocabulary { get; }

    public ModelSettings Settings { get; }

    /// <summary>Finds the files of a model in a folder, and reads all but the model itself.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The model or the vocabulary is missing.</exception>
    /// <exception cref="InvalidDataException">A file is not what its name says.</exception>
    public static ModelSource Find(string folder, OnnxEmbeddingOptions options)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{System.IO.Path.GetFullPath(folder)}'. It should hold model.onnx and vocab.txt of a sentence encoder.");
        }

        var model = FindModel(folder, options);
        var vocabulary = System.IO.Path.Combine(folder, "vocab.txt");
        if (!File.Exists(vocabulary))
        {
            throw new FileNotFoundException($"There is no vocabulary '{vocabulary}'. Take the vocab.txt that came with the model; models without one use another tokenisation and are not supported.", vocabulary);
        }

        var settings = ModelSettings.Read(folder, options);
        using var stream = File.OpenRead(vocabulary);
        return new ModelSource(System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder))), model, content: null, ReadVocabulary(stream, vocabulary, settings), settings);
    }

    /// <summary>Reads a model and its vocabulary from streams.</summary>
    /// <exception cref="InvalidDataException">The vocabulary is not one.</exception>
    /// <exception cref="OverflowException">A stream has more than 2 GB.</exception>
    public static ModelSource Read(Stream model, Stream vocabulary, OnnxEmbeddingOptions options)
    {
        var settings = ModelSettings.Of(options);
        return new ModelSource(NameOfStreams, path: null, ReadAll(model), ReadVocabulary(vocabulary, "The stream of the vocabulary", settings), settings);
    }

    /// <summary>Gets a name that changes with everything that changes vectors.</summary>
    /// <param name="pooling">How vectors are pooled in the end.</param>
    public string DigestName(OnnxPooling pooling)
    {
        var hash = new XxHash128();
        if (Path is not null)
        {
            using var stream = File.OpenRead(Path);
            hash.Append(stream);
        }
        else
        {
            hash.Append(Content!);
        }

        hash.Append(_vocabularyDigest);
        hash.Append(Encoding.UTF8.GetBytes($"\n{pooling}\n{Settings.Normalize}\n{Settings.MaxTokens}\n{Settings.Rules}\n{Settings.Tokens}\n{Settings.QueryPrefix}\n{Settings.DocumentPrefix}"));
        return $"{_folderName}@{Convert.ToHexStringLower(hash.GetCurrentHash())[..DigestLength]}";
    }

    private static (Vocabulary Words, byte[] Digest) ReadVocabulary(Stream stream, string name, ModelSettings settings)
    {
        if (stream.CanSeek && stream.Length - stream.Position > MostVocabularyBytes)
        {
            throw new InvalidDataException($"{name} has more than {MostVocabularyBytes} bytes, so it is not a vocabulary. Take the vocab.txt that came with the model.");
        }

        var content = ReadAll(stream);
        return (Vocabulary.Read(new MemoryStream(content, writable: false), name, settings.Tokens), XxHash128.Hash(content));
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var content = new MemoryStream(stream.CanSeek ? checked((int)(stream.Length - stream.Position)) : 0);
        stream.CopyTo(content);
        return content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
    }

    private static string FindModel(string folder, OnnxEmbeddingOptions options)
    {
        string[] places = options.ModelFile is { } file ? [file] : ["model.onnx", System.IO.Path.Combine("onnx", "model.onnx")];
        var path = places.Select(place => System.IO.Path.Combine(folder, place)).FirstOrDefault(File.Exists);
        return path ?? throw new FileNotFoundException(
            $"There is no model '{System.IO.Path.Combine(folder, places[0])}'. Put the ONNX form of the model there, or set {nameof(OnnxEmbeddingOptions)}.{nameof(OnnxEmbeddingOptions.ModelFile)}.",
            System.IO.Path.Combine(folder, places[0]));
    }
}
