using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;

namespace RagCaching.VectorData.Contract;

/// <summary>The rules for <see cref="VectorDataOptions"/>.</summary>
internal sealed class VectorDataOptionsRules : IValidateOptions<VectorDataOptions>
{
    private const int LongestName = 24;
    private const int MostDimensions = 65_536;
    private const int MostCandidates = 100;

    // Of unit vectors, these put others first than the cosine.
    private static readonly string[] OtherOrders = [DistanceFunction.ManhattanDistance, DistanceFunction.HammingDistance];

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, VectorDataOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (!IsName(options.CollectionName))
        {
            errors.AddError($"Must be 1 to {LongestName} letters, digits, '-' and '_' that begin with a letter, but was '{options.CollectionName}'.", nameof(options.CollectionName));
        }

        if (options.Dimensions is < 1 or > MostDimensions)
        {
            errors.AddError($"Must be from 1 to {MostDimensions}, but was {options.Dimensions}.", nameof(options.Dimensions));
        }

        if (options.CandidateFactor is < 1 or > MostCandidates)
        {
            errors.AddError($"Must be from 1 to {MostCandidates}, but was {options.CandidateFactor}.", nameof(options.CandidateFactor));
        }

        if (options.SweepInterval < TimeSpan.FromSeconds(1) || options.SweepInterval > TimeSpan.FromDays(1))
        {
            errors.AddError($"Must be from {TimeSpan.FromSeconds(1)} to {TimeSpan.FromDays(1)}, but was {options.SweepInterval}.", nameof(options.SweepInterval));
        }

        if (options.Schema is null)
        {
            errors.AddError("Must not be null.", nameof(options.Schema));
            return errors.Build();
        }

        if (string.IsNullOrWhiteSpace(options.Schema.IndexKind))
        {
            errors.AddError("Must be the name of an index, but was blank.", $"{nameof(options.Schema)}.{nameof(options.Schema.IndexKind)}");
        }

        if (string.IsNullOrWhiteSpace(options.Schema.DistanceFunction))
        {
            errors.AddError("Must be the name of a function, but was blank.", $"{nameof(options.Schema)}.{nameof(options.Schema.DistanceFunction)}");
        }
        else if (OtherOrders.Contains(options.Schema.DistanceFunction, StringComparer.OrdinalIgnoreCase))
        {
            errors.AddError($"Must put the same vectors first as the cosine does, which {options.Schema.DistanceFunction} does not.", $"{nameof(options.Schema)}.{nameof(options.Schema.DistanceFunction)}");
        }

        return errors.Build();
    }

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= LongestName } && char.IsAsciiLetter(name[0]) && name.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');
}
