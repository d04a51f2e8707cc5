using RagCaching.Onnx.Contract;

namespace RagCaching.Onnx.Files;

/// <summary>The most tokens of a text: what the options or the pipeline of the model say, and never more than the model has positions.</summary>
internal static class TokenLimit
{
    /// <exception cref="InvalidDataException">The options want more than the model has, or a file is wrong.</exception>
    public static int Of(OnnxEmbeddingOptions options, SettingsFile config, SettingsFile tokenizer, SettingsFile sentences)
    {
        var positions = config.Integer("max_position_embeddings");
        if (options.MaxTokens is { } wanted)
        {
            return positions is null || wanted <= positions
                ? wanted
                : throw new InvalidDataException(
                    $"{nameof(OnnxEmbeddingOptions)}.{nameof(OnnxEmbeddingOptions.MaxTokens)} is {wanted}, but {config} says that the model has {positions} positions. Set at most that many.");
        }

        var said = sentences.Integer("max_seq_length") ?? tokenizer.Integer("model_max_length") ?? positions ?? OnnxEmbeddingOptions.DefaultMaxTokens;
        return Math.Clamp(Math.Min(said, positions ?? said), OnnxEmbeddingOptionsRules.FewestTokens, OnnxEmbeddingOptionsRules.MostTokens);
    }
}
