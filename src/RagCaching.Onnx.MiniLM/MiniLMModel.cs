namespace RagCaching;

/// <summary>The sentence encoder all-MiniLM-L6-v2: English, 384 dimensions, 6 layers, trained for sentences and short paragraphs.</summary>
/// <remarks>Its files lie beside the application; builds and publishing copy them there. The weights are licensed under Apache 2.0, whose text lies with them.</remarks>
public static class MiniLMModel
{
    /// <summary>The name of the model in metadata and in the keys of cached vectors.</summary>
    public const string ModelId = "all-MiniLM-L6-v2";

    /// <summary>The number of components of its vectors.</summary>
    public const int Dimensions = 384;

    private const string ModelsFolder = "models";

    /// <summary>Gets the folder with the files of the model: <c>models/all-MiniLM-L6-v2</c> beside the application.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, ModelsFolder, ModelId);

    /// <summary>Opens the model.</summary>
    /// <param name="configure">
    /// Changes the settings. Who changes one that changes vectors, such as <see cref="OnnxEmbeddingOptions.MaxTokens"/>, sets <see cref="OnnxEmbeddingOptions.ModelId"/> too.
    /// </param>
    /// <param name="services">Where an <c>IMeterFactory</c> and an <c>ILoggerFactory</c> may be.</param>
    /// <returns>The generator, which the caller disposes.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is out of range.</exception>
    /// <exception cref="DirectoryNotFoundException">The files of the model do not lie beside the application.</exception>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file of the model is damaged.</exception>
    public static OnnxEmbeddingGenerator Open(Action<OnnxEmbeddingOptions>? configure = null, IServiceProvider? services = null)
    {
        var options = new OnnxEmbeddingOptions();
        SettingsWith(configure)(options);
        return OnnxEmbeddingGenerator.Open(Folder, options, services);
    }

    /// <summary>Gets what sets the options: the name of the model, and what the host changes.</summary>
    internal static Action<OnnxEmbeddingOptions> SettingsWith(Action<OnnxEmbeddingOptions>? configure) => options =>
    {
        options.ModelId = ModelId;
        configure?.Invoke(options);
    };
}
