using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace RagCaching.Quality.Encoding;

/// <summary>A sentence encoder on the processor: <c>model.onnx</c> and <c>vocab.txt</c> in a folder.</summary>
/// <remarks>
/// The model maps <c>input_ids</c> and <c>attention_mask</c>, both int64 of batch × sequence, to <c>sentence_embedding</c>, float32 of batch × dimensions. It gets no special tokens and pools by
/// itself. Thread-safe but for <see cref="Dispose"/>.
/// </remarks>
internal sealed class OnnxEncoder : ITextEncoder, IDisposable
{
    public const int BatchSize = 64;
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string Embedding = "sentence_embedding";

    private readonly string _path;
    private readonly WordPieceTokenizer _tokenizer;
    private readonly InferenceSession _session;

    private OnnxEncoder(string path, WordPieceTokenizer tokenizer, InferenceSession session) => (_path, _tokenizer, _session) = (path, tokenizer, session);

    /// <summary>Opens the encoder of a folder.</summary>
    /// <exception cref="QualityException">A file is missing or cannot be read, or the model's tensors are other ones; the message names the file.</exception>
    public static OnnxEncoder Open(string folder)
    {
        var path = Path.Combine(folder, "model.onnx");
        if (!File.Exists(path))
        {
            throw new QualityException($"There is no model {path}.");
        }

        var tokenizer = WordPieceTokenizer.Open(Path.Combine(folder, "vocab.txt"));
        InferenceSession session;
        try
        {
            session = new InferenceSession(path);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new QualityException($"{path} is no model that can be run: {exception.Message}");
        }

        try
        {
            Check(path, session);
            return new OnnxEncoder(path, tokenizer, session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="QualityException">The model fails, or what it returns has another shape.</exception>
    public float[][] Encode(IReadOnlyList<string> texts)
    {
        var vectors = new List<float[]>(texts.Count);
        foreach (var batch in texts.Chunk(BatchSize))
        {
            vectors.AddRange(EncodeBatch([.. batch.Select(_tokenizer.ToIds)]));
            if (vectors[^1].Length != vectors[0].Length)
            {
                throw new QualityException($"{_path}: {Embedding} has {vectors[^1].Length} dimensions after {vectors[0].Length} before.");
            }
        }

        return [.. vectors];
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private float[][] EncodeBatch(IReadOnlyList<int>[] batch)
    {
        // A text without tokens still has a column, so that no model meets an empty tensor; the mask leaves it out.
        var width = Math.Max(1, batch.Max(ids => ids.Count));
        var (ids, mask) = (new long[batch.Length * width], new long[batch.Length * width]);
        for (var row = 0; row < batch.Length; row++)
        {
            for (var i = 0; i < batch[row].Count; i++)
            {
                ids[(row * width) + i] = batch[row][i];
                mask[(row * width) + i] = 1;
            }
        }

        long[] shape = [batch.Length, width];
        using var idTensor = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using var maskTensor = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using var options = new RunOptions();
        try
        {
            using var results = _session.Run(options, [Ids, Mask], [idTensor, maskTensor], [Embedding]);
            return RowsOf(results[0], batch.Length);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new QualityException($"{_path} failed: {exception.Message}");
        }
    }

    private float[][] RowsOf(OrtValue result, int count)
    {
        var shape = result.GetTensorTypeAndShape().Shape;
        if (shape.Length != 2 || shape[0] != count || shape[1] == 0)
        {
            throw new QualityException($"{_path}: {Embedding} must be {count} × dimensions for {count} texts, but is {string.Join(" × ", shape)}.");
        }

        var components = result.GetTensorDataAsSpan<float>();
        if (!TensorPrimitives.IsFiniteAll(components))
        {
            throw new QualityException($"{_path}: {Embedding} has components that are no finite numbers.");
        }

        var rows = new float[count][];
        var dimensions = (int)shape[1];
        for (var row = 0; row < count; row++)
        {
            rows[row] = components.Slice(row * dimensions, dimensions).ToArray();
        }

        return rows;
    }

    private static void Check(string path, InferenceSession session)
    {
        if (!session.InputMetadata.Keys.Order(StringComparer.Ordinal).SequenceEqual([Mask, Ids]))
        {
            throw new QualityException($"{path}: the inputs must be {Ids} and {Mask}, but are {Names(session.InputMetadata)}.");
        }

        if (!session.OutputMetadata.ContainsKey(Embedding))
        {
            throw new QualityException($"{path}: there must be an output {Embedding}, but the outputs are {Names(session.OutputMetadata)}.");
        }

        CheckTensor(path, Ids, session.InputMetadata, TensorElementType.Int64);
        CheckTensor(path, Mask, session.InputMetadata, TensorElementType.Int64);
        CheckTensor(path, Embedding, session.OutputMetadata, TensorElementType.Float);
    }

    private static void CheckTensor(string path, string name, IReadOnlyDictionary<string, NodeMetadata> metadata, TensorElementType type)
    {
        var node = metadata[name];
        if (!node.IsTensor || node.ElementDataType != type || node.Dimensions.Length != 2)
        {
            var actual = node.IsTensor ? $"{node.ElementDataType} with {node.Dimensions.Length} dimensions" : $"{node.OnnxValueType}";
            throw new QualityException($"{path}: {name} must be a tensor of {type} with 2 dimensions, but is {actual}.");
        }
    }

    private static string Names(IReadOnlyDictionary<string, NodeMetadata> metadata) => string.Join(", ", metadata.Keys.Order(StringComparer.Ordinal));
}
