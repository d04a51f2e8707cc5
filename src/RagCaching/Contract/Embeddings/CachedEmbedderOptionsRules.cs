using Microsoft.Extensions.Options;

namespace RagCaching.Contract.Embeddings;

/// <summary>The rules that no attribute can state.</summary>
internal sealed class CachedEmbedderOptionsRules : IValidateOptions<CachedEmbedderOptions>
{
    public ValidateOptionsResult Validate(string? name, CachedEmbedderOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        CheckRange(errors, options.TimeToLive, CachedEmbedderOptions.MaxTimeToLive, nameof(options.TimeToLive));
        CheckRange(errors, options.StorageReadTimeout, CachedEmbedderOptions.MaxStorageTimeout, nameof(options.StorageReadTimeout));
        CheckRange(errors, options.StorageWriteTimeout, CachedEmbedderOptions.MaxStorageTimeout, nameof(options.StorageWriteTimeout));
        if (options.LocalCapacity is > 0 and < CachedEmbedderOptions.MinimumLocalCapacity)
        {
            errors.AddError($"Must be 0 or at least {CachedEmbedderOptions.MinimumLocalCapacity}, but was {options.LocalCapacity}.", nameof(options.LocalCapacity));
        }

        if (options.ModelId is { } model && string.IsNullOrWhiteSpace(model))
        {
            errors.AddError("Must name the model; leave it out to use what the generator says.", nameof(options.ModelId));
        }

        return errors.Build();
    }

    private static void CheckRange(ValidateOptionsResultBuilder errors, TimeSpan value, TimeSpan maximum, string property)
    {
        if (value <= TimeSpan.Zero || value > maximum)
        {
            errors.AddError($"Must be more than zero and at most {maximum}, but was {value}.", property);
        }
    }
}
