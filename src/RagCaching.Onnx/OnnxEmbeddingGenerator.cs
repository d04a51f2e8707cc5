using System.Diagnostics;
using Microsoft.Extensions.AI;
using RagCaching.Onnx.Contract;
using RagCaching.Onnx.Diagnostics;
using RagCaching.Onnx.Files;
using RagCaching.Onnx.Running;
using RagCaching.Onnx.Tokenization;

namespace RagCaching;

/// <summary>Turns texts into vectors on the processor, with a BERT-type sentence encoder in ONNX form. It needs no key and no server.</summary>
/// <remarks>
/// Takes models with WordPiece vocabularies: all-MiniLM, bge, e5, gte, arctic-embed and the like. A question of a dozen tokens takes a model of 6 layers a few milliseconds on one thread: the
/// caller's own, so that a call returns with its result; calls with more than one batch go to the pool. Texts are sorted by length, run in batches and come back in the caller's order. Vectors
/// of one text in different batches may differ in their last bits. Thread-safe, <see cref="Dispose"/> included: calls that are running end first.
/// </remarks>
public sealed partial class OnnxEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The name of the provider in metadata.</summary>
    public const string ProviderName = "onnx";

    private readonly RunSlots _slots;
    private readonly WordPieceTokenizer _tokenizer;
    private readonly ModelSettings _settings;
    private readonly EncoderTelemetry _telemetry;
    private readonly string _modelId;
    private readonly int _batchSize;

    private OnnxEmbeddingGenerator(ModelSource source, OnnxEmbeddingOptions options, IServiceProvider? services)
    {
        var start = Stopwatch.GetTimestamp();
        _tokenizer = new WordPieceTokenizer(source.Vocabulary, source.Settings.Rules);
        _settings = source.Settings;
        CheckPrefix(_settings.QueryPrefix, nameof(options.QueryPrefix));
        CheckPrefix(_settings.DocumentPrefix, nameof(options.DocumentPrefix));
        var model = EncoderModel.Open(source, options);
        _slots = new RunSlots(model, options.Limits.MaxConcurrency);
        _modelId = options.ModelId ?? source.DigestName(model.Tensors.Pooling);
        _batchSize = options.Limits.BatchSize;
        _telemetry = new EncoderTelemetry(_modelId, services);
        Metadata = new EmbeddingGeneratorMetadata(ProviderName, providerUri: null, _modelId, model.Dimensions);
        _telemetry.Opened(new OpenedModel(model.Dimensions, model.Tensors.Pooling, MaxTokens), Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Gets the provider, the name of the model and the number of components of its vectors.</summary>
    public EmbeddingGeneratorMetadata Metadata { get; }

    /// <summary>Gets the most tokens of a text, the first and the last included.</summary>
    public int MaxTokens => _settings.MaxTokens;

    /// <summary>Gets how many texts so far had more tokens, so that their ends do not count.</summary>
    public long TruncatedTexts => _telemetry.Truncated;

    /// <summary>Opens the model in a folder: <c>model.onnx</c> and <c>vocab.txt</c>, and the JSON files that came with them if there are any.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">Settings; <see langword="null"/> for what the files say.</param>
    /// <param name="services">Where an <c>IMeterFactory</c> and an <c>ILoggerFactory</c> may be.</param>
    /// <returns>The generator, which the caller disposes. The model was tried: opening takes about a second.</returns>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is out of range.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The model or the vocabulary is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, does not fit the others, or is not supported; the message names it and the fix.</exception>
    public static OnnxEmbeddingGenerator Open(string folder, OnnxEmbeddingOptions? options = null, IServiceProvider? services = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);

        var set = OnnxEmbeddingOptionsRules.Check(options);
        return new OnnxEmbeddingGenerator(ModelSource.Find(folder, set), set, services);
    }

    /// <summary>Reads a model that is not a file, such as a resource. A model of 90 MB takes 150 MB more memory than from a folder.</summary>
    /// <param name="model">The model, to its end. It stays open.</param>
    /// <param name="vocabulary">The vocabulary, to its end. It stays open.</param>
    /// <param name="options">Settings; <see langword="null"/> for the defaults of models without files.</param>
    /// <param name="services">Where an <c>IMeterFactory</c> and an <c>ILoggerFactory</c> may be.</param>
    /// <returns>The generator, which the caller disposes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="vocabulary"/> is <see langword="null"/>.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is out of range.</exception>
    /// <exception cref="InvalidDataException">A stream is damaged, does not fit the other, or is not supported; the message names it and the fix.</exception>
    public static OnnxEmbeddingGenerator Load(Stream model, Stream vocabulary, OnnxEmbeddingOptions? options = null, IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(vocabulary);

        var set = OnnxEmbeddingOptionsRules.Check(options);
        return new OnnxEmbeddingGenerator(ModelSource.Read(model, vocabulary, set), set, services);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);

        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Closes the model, once the calls that are running have ended. Later calls throw <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _slots.Dispose();

    // A prefix that leaves no room would give all texts the same vector.
    private void CheckPrefix(string prefix, string option)
    {
        if (_tokenizer.Encode(prefix, "", new int[MaxTokens]).Length == MaxTokens && prefix.Length > 0)
        {
            throw new InvalidDataException(
                $"{nameof(OnnxEmbeddingOptions)}.{option} takes all of the {MaxTokens} tokens that {nameof(OnnxEmbeddingOptions)}.{nameof(OnnxEmbeddingOptions.MaxTokens)} allows, so that nothing of a text would be read. Shorten it, or allow more.");
        }
    }
}
