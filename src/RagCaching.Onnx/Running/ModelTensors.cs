using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using RagCaching.Onnx.Files;

namespace RagCaching.Onnx.Running;

/// <summary>The tensors of a model that an encoder uses, checked.</summary>
/// <param name="Inputs">The names of the inputs: ids, mask and, where the model wants them, token types.</param>
/// <param name="Output">The name of the output that vectors are made of.</param>
/// <param name="Pooling">How vectors are made of it; not <see cref="OnnxPooling.Auto"/>.</param>
internal sealed record ModelTensors(IReadOnlyList<string> Inputs, string Output, OnnxPooling Pooling)
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string Types = "token_type_ids";
    private const string SentenceOutput = "sentence_embedding";

    private static readonly string[] TokenOutputs = ["last_hidden_state", "token_embeddings"];

    /// <summary>Chooses the tensors.</summary>
    /// <exception cref="InvalidDataException">The model has other inputs or outputs; the message names them.</exception>
    public static ModelTensors Choose(InferenceSession session, ModelSource source)
    {
        var name = source.Name;
        var (inputs, outputs) = (session.InputMetadata, session.OutputMetadata);
        var unknown = inputs.Keys.Where(input => input is not (Ids or Mask or Types)).Order(StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0 || !inputs.ContainsKey(Ids) || !inputs.ContainsKey(Mask))
        {
            throw new InvalidDataException(
                $"{name}: the inputs must be {Ids}, {Mask} and at most {Types}, but are {NamesOf(inputs)}. Only BERT-type encoders are supported; export the model for feature extraction.");
        }

        string[] used = inputs.ContainsKey(Types) ? [Ids, Mask, Types] : [Ids, Mask];
        foreach (var input in used)
        {
            Check(name, input, inputs[input], TensorElementType.Int64, rank: 2);
        }

        var pooling = source.Settings.Pooling;
        var pools = outputs.ContainsKey(SentenceOutput);
        if (pooling == OnnxPooling.ModelOutput || (pooling == OnnxPooling.Auto && pools))
        {
            return pools
                ? new ModelTensors(used, Checked(name, SentenceOutput, outputs, rank: 2), OnnxPooling.ModelOutput)
                : throw new InvalidDataException(
                    $"{name} has no output {SentenceOutput}, which {nameof(OnnxEmbeddingOptions)}.{nameof(OnnxEmbeddingOptions.Pooling)} = {pooling} needs; its outputs are {NamesOf(outputs)}. Choose Mean or FirstToken.");
        }

        if (pooling == OnnxPooling.Auto)
        {
            pooling = source.Settings.Advice is { Problem: { } problem } ? throw new InvalidDataException($"{name} cannot be used as its files say: {problem}")
                : source.Settings.Advice.Pooling == OnnxPooling.Auto ? OnnxPooling.Mean
                : source.Settings.Advice.Pooling;
        }

        var output = TokenOutputs.FirstOrDefault(outputs.ContainsKey)
            ?? throw new InvalidDataException(
                $"{name}: there must be an output {string.Join(" or ", TokenOutputs)} to pool, or {SentenceOutput}, but the outputs are {NamesOf(outputs)}. Export the model for feature extraction.");
        return new ModelTensors(used, Checked(name, output, outputs, rank: 3), pooling);
    }

    private static string Checked(string model, string output, IReadOnlyDictionary<string, NodeMetadata> outputs, int rank)
    {
        Check(model, output, outputs[output], TensorElementType.Float, rank);
        return output;
    }

    private static void Check(string model, string name, NodeMetadata node, TensorElementType type, int rank)
    {
        if (!node.IsTensor || node.ElementDataType != type || node.Dimensions.Length != rank)
        {
            var actual = node.IsTensor ? $"of {node.ElementDataType} with {node.Dimensions.Length} dimensions" : $"{node.OnnxValueType}";
            throw new InvalidDataException($"{model}: {name} must be a tensor of {type} with {rank} dimensions, but is {actual}. Export the model with {type} there.");
        }
    }

    private static string NamesOf(IReadOnlyDictionary<string, NodeMetadata> nodes) => string.Join(", ", nodes.Keys.Order(StringComparer.Ordinal));
}
