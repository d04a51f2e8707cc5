using Microsoft.ML.OnnxRuntime;
using RagCaching.Onnx.Files;

namespace RagCaching.Onnx.Running;

/// <summary>A model that is open and was tried. Thread-safe but for <see cref="Dispose"/>.</summary>
internal sealed class EncoderModel : IDisposable
{
    // Tables of embeddings are rounded up for the hardware, and may have a few tokens that were added later.
    private const int PaddingOfTables = 1_024;
    private const int LengthOfTrials = 3;
    private const string NoSpinning = "0";

    private readonly InferenceSession _session;
    private readonly ModelSource _source;

    private EncoderModel(InferenceSession session, ModelSource source, ModelTensors tensors)
    {
        _session = session;
        _source = source;
        Tensors = tensors;
    }

    /// <summary>Gets the name of the model for messages.</summary>
    public string Name => _source.Name;

    public ModelTensors Tensors { get; }

    public ModelSettings Settings => _source.Settings;

    /// <summary>Gets the id that fills the places behind the end of a text.</summary>
    public int Padding => _source.Vocabulary.Padding;

    /// <summary>Gets the number of components of every vector.</summary>
    public int Dimensions { get; private set; }

    /// <summary>Opens a model and lets it read a word.</summary>
    /// <exception cref="InvalidDataException">The file is not a model, not such a model, or does not belong to its vocabulary.</exception>
    public static EncoderModel Open(ModelSource source, OnnxEmbeddingOptions options)
    {
        InferenceSession? session = null;
        try
        {
            using var settings = CreateOptions(options.Limits);
            session = source.Path is { } path ? new InferenceSession(path, settings) : new InferenceSession(source.Content, settings);
            var model = new EncoderModel(session, source, ModelTensors.Choose(session, source));
            model.Try();
            return options.Dimensions is not { } dimensions || dimensions == model.Dimensions
                ? model
                : throw new InvalidDataException(
                    $"{model.Name} returns {model.Dimensions} dimensions, but {nameof(OnnxEmbeddingOptions)}.{nameof(OnnxEmbeddingOptions.Dimensions)} says {dimensions}. Use a store with {model.Dimensions} dimensions, or another model.");
        }
        catch (OnnxRuntimeException exception)
        {
            session?.Dispose();
            throw new InvalidDataException($"{source.Name} is not a model that can be run, or is incomplete: {exception.Message} Download or export it again.", exception);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Runs the model.</summary>
    /// <param name="inputs">The inputs, in the order of <see cref="ModelTensors.Inputs"/>.</param>
    /// <param name="options">The options of the run.</param>
    /// <returns>The one output, which the caller disposes.</returns>
    /// <exception cref="InvalidOperationException">The model fails.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(IReadOnlyCollection<OrtValue> inputs, RunOptions options)
    {
        try
        {
            return _session.Run(options, Tensors.Inputs, inputs, [Tensors.Output]);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidOperationException(
                $"{Name} failed: {exception.Message} If the text was long, the model may have fewer positions than {nameof(OnnxEmbeddingOptions)}.{nameof(OnnxEmbeddingOptions.MaxTokens)} ({Settings.MaxTokens}).",
                exception);
        }
    }

    public void Dispose() => _session.Dispose();

    private static SessionOptions CreateOptions(OnnxRunLimits limits)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = limits.ThreadsPerRun,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };

        // A thread that spins takes a core from the host, and slows down the others of its own run where cores are few.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", NoSpinning);
        options.AddSessionConfigEntry("session.inter_op.allow_spinning", NoSpinning);
        return options;
    }

    // The first run of a model is slow, and the ids at the end of the vocabulary and beyond show whether it belongs to the model.
    private void Try()
    {
        using var run = new EncoderRun(this, capacity: LengthOfTrials);
        var words = _source.Vocabulary;
        Dimensions = MeasureDimensions(run);
        if (!CanRead(run, words.Count - 1))
        {
            throw new InvalidDataException($"{Name} cannot read the last of the {words.Count} tokens of its vocabulary, so the vocabulary belongs to another model. Take the vocab.txt that came with the model.");
        }

        var beyond = (words.Count + PaddingOfTables - 1) / PaddingOfTables * PaddingOfTables;
        if (CanRead(run, beyond))
        {
            throw new InvalidDataException(
                $"{Name} knows token {beyond}, but its vocabulary has only {words.Count}, so the vocabulary is incomplete or belongs to another model. Take the vocab.txt that came with the model.");
        }
    }

    private int MeasureDimensions(EncoderRun run)
    {
        try
        {
            return run.Measure(TrialOf(_source.Vocabulary.Unknown));
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidDataException($"{Name} is not a sentence encoder that can be run: {exception.Message} Export the model for feature extraction.", exception);
        }
    }

    private bool CanRead(EncoderRun run, int id)
    {
        try
        {
            run.Measure(TrialOf(id));
            return true;
        }
        catch (InvalidOperationException exception) when (exception.InnerException is OnnxRuntimeException)
        {
            return false;
        }
    }

    private int[] TrialOf(int id) => [_source.Vocabulary.First, id, _source.Vocabulary.Last];
}
