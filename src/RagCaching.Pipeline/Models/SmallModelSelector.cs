using RagCaching.Pipeline.Contract;
using RagCaching.Pipeline.Models;

namespace RagCaching;

/// <summary>A rule that needs no model: short questions with few, confident chunks go to the small model, and to the large one if it declines.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SmallModelSelector : IModelSelector
{
    private readonly object? _small;
    private readonly object? _large;
    private readonly SmallModelSelectorOptions _options;

    /// <summary>Creates a rule.</summary>
    /// <param name="small">The key of the small model's chat client; <see langword="null"/> for the pipeline's own.</param>
    /// <param name="large">The key of the large model's chat client; <see langword="null"/> for the pipeline's own.</param>
    /// <param name="options">The limits; <see langword="null"/> for the defaults. Read once.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A limit is out of range.</exception>
    /// <exception cref="ArgumentException"><paramref name="small"/> and <paramref name="large"/> are the same.</exception>
    public SmallModelSelector(object? small, object? large, SmallModelSelectorOptions? options = null)
    {
        if (Equals(small, large))
        {
            throw new ArgumentException($"The small and the large model are the same: {(small is null ? "the pipeline's own" : $"'{small}'")}.", nameof(large));
        }

        _small = small;
        _large = large;
        options ??= new SmallModelSelectorOptions();
        _options = SettingsCheck.Validated(options, new SmallModelSelectorOptionsValidator()).Copy();
        Models = [small, large];
    }

    /// <inheritdoc/>
    public IReadOnlyList<object?> Models { get; }

    /// <summary>Gets from how many chunks the small model may have to answer.</summary>
    internal int MaxChunks => _options.MaxChunks;

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is <see langword="null"/>.</exception>
    public ValueTask<ModelChoice> SelectAsync(ModelSelectionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        return ValueTask.FromResult(IsEasy(request) ? new ModelChoice(_small, EscalateTo: new ModelChoice(_large)) : new ModelChoice(_large));
    }

    private bool IsEasy(ModelSelectionRequest request) =>
        request.Question.Length <= _options.MaxQuestionLength
        && request.Chunks.Count > 0
        && request.Chunks.Count <= _options.MaxChunks
        && (_options.MinimumScore is not { } minimum || request.Chunks.Max(chunk => chunk.Score) >= minimum);
}
