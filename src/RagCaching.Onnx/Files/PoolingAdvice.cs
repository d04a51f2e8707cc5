namespace RagCaching.Onnx.Files;

/// <summary>What the files of a model say about pooling, which counts where neither the options nor the model's outputs decide.</summary>
/// <param name="Pooling">How to pool; <see cref="OnnxPooling.Auto"/> where the files do not say.</param>
/// <param name="Problem">Why nothing but the model itself can pool as the files want; <see langword="null"/> where it can be done.</param>
internal sealed record PoolingAdvice(OnnxPooling Pooling, string? Problem)
{
    private const string ModeProperty = "pooling_mode_";

    private static readonly string[] Supported = [".Transformer", ".Pooling", ".Normalize"];

    /// <summary>Gets the advice where there are no files.</summary>
    public static PoolingAdvice None { get; } = new(OnnxPooling.Auto, Problem: null);

    /// <summary>Reads <c>1_Pooling/config.json</c> and the list of modules.</summary>
    /// <exception cref="InvalidDataException">A file is not what its name says.</exception>
    public static PoolingAdvice Read(string folder, SettingsFile modules)
    {
        if (modules.Exists && modules.Texts("type").FirstOrDefault(type => !Supported.Any(known => type.EndsWith(known, StringComparison.Ordinal))) is { } module)
        {
            return new PoolingAdvice(OnnxPooling.Auto, $"{modules} has the module '{module}', which only a model with the output sentence_embedding contains. Export the whole pipeline to ONNX.");
        }

        var file = SettingsFile.Read(folder, "1_Pooling/config.json");
        var modes = file.Trues().Where(name => name.StartsWith(ModeProperty, StringComparison.Ordinal)).ToArray();
        return modes switch
        {
            [] => None,
            ["pooling_mode_mean_tokens"] => new PoolingAdvice(OnnxPooling.Mean, Problem: null),
            ["pooling_mode_cls_token"] => new PoolingAdvice(OnnxPooling.FirstToken, Problem: null),
            _ => new PoolingAdvice(
                OnnxPooling.Auto,
                $"{file} asks for {string.Join(" and ", modes)}, but only pooling_mode_mean_tokens or pooling_mode_cls_token are supported. Export the whole pipeline to ONNX, with the output sentence_embedding."),
        };
    }
}
