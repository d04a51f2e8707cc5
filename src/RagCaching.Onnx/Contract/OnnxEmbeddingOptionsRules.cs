using Microsoft.Extensions.Options;

namespace RagCaching.Onnx.Contract;

/// <summary>The rules that options must keep whatever the model is.</summary>
internal sealed class OnnxEmbeddingOptionsRules : IValidateOptions<OnnxEmbeddingOptions>
{
    public const int FewestTokens = 3;
    public const int MostTokens = 8_192;
    private const int MostOfALimit = 1_024;

    /// <summary>Gets the options that count: those given, if they keep the rules.</summary>
    /// <exception cref="OptionsValidationException">A rule is broken; the message names the property and its value.</exception>
    public static OnnxEmbeddingOptions Check(OnnxEmbeddingOptions? options)
    {
        options ??= new OnnxEmbeddingOptions();
        var result = new OnnxEmbeddingOptionsRules().Validate(Options.DefaultName, options);
        return result.Failed ? throw new OptionsValidationException(Options.DefaultName, typeof(OnnxEmbeddingOptions), result.Failures) : options;
    }

    public ValidateOptionsResult Validate(string? name, OnnxEmbeddingOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        Require(options.ModelId is not { } id || !string.IsNullOrWhiteSpace(id), nameof(options.ModelId), "must not be blank. Leave it unset to name the model after its folder and content");
        Require(options.ModelFile is not { } file || !string.IsNullOrWhiteSpace(file), nameof(options.ModelFile), "must not be blank. Leave it unset for model.onnx");
        Require(options.Dimensions is not { } dimensions || dimensions > 0, nameof(options.Dimensions), $"must be positive, but was {options.Dimensions}");
        Require(Enum.IsDefined(options.Pooling), nameof(options.Pooling), $"must be one of {string.Join(", ", Enum.GetNames<OnnxPooling>())}, but was {options.Pooling}");
        Require(options.MaxTokens is not { } tokens || tokens is >= FewestTokens and <= MostTokens, nameof(options.MaxTokens), $"must be from {FewestTokens} to {MostTokens}, but was {options.MaxTokens}");
        RequireLimit(options.Limits.MaxConcurrency, nameof(OnnxRunLimits.MaxConcurrency));
        RequireLimit(options.Limits.ThreadsPerRun, nameof(OnnxRunLimits.ThreadsPerRun));
        RequireLimit(options.Limits.BatchSize, nameof(OnnxRunLimits.BatchSize));
        return errors.Build();

        void Require(bool holds, string property, string rule)
        {
            if (!holds)
            {
                errors.AddError($"{nameof(OnnxEmbeddingOptions)}.{property} {rule}.");
            }
        }

        void RequireLimit(int value, string property) =>
            Require(value is >= 1 and <= MostOfALimit, $"{nameof(options.Limits)}.{property}", $"must be from 1 to {MostOfALimit}, but was {value}");
    }
}
