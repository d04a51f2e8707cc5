using System.Collections.Frozen;
using System.Globalization;
using RagCaching.Contract.Decisions;
using RagCaching.Contract.Embeddings;

namespace RagCaching;

/// <summary>What is known about the traffic of an embedding model before a scope has traffic of its own: where an error budget starts to learn from.</summary>
/// <remarks>
/// A normal distribution of the weights of the budget's curve over many scopes, with the scale of its features. It is made by the command <c>prior</c> of <c>benchmarks/RagCaching.Quality</c> from labelled
/// questions. With one, a scope serves some hundred requests earlier. See <c>docs/choosing-a-limit.md</c>. Immutable and thread-safe.
/// </remarks>
public sealed class ErrorBudgetPrior
{
    private static readonly Lazy<ErrorBudgetPrior> MiniLM = new(static () => Load("all-minilm-l6-v2"));

    private static readonly FrozenDictionary<string, Lazy<ErrorBudgetPrior>> ByModel = new Dictionary<string, Lazy<ErrorBudgetPrior>>
    {
        ["all-minilm-l6-v2"] = MiniLM,
        ["all-minilm"] = MiniLM,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    internal ErrorBudgetPrior(string model, string source, PriorNumbers numbers) => (Model, Source, Numbers) = (model, source, numbers);

    /// <summary>Gets the prior of those who want none: a scope serves nothing before its own labels allow it.</summary>
    public static ErrorBudgetPrior None { get; } = new("none", "nothing", PriorNumbers.None);

    /// <summary>Gets the embedding model that the prior belongs to.</summary>
    public string Model { get; }

    /// <summary>Gets what the prior was made of.</summary>
    public string Source { get; }

    internal PriorNumbers Numbers { get; }

    /// <summary>Finds the prior that comes with this library for an embedding model.</summary>
    /// <param name="modelId">The model's id as its provider writes it; see <see cref="RecommendedSimilarity.For"/>.</param>
    /// <returns><see langword="null"/> for a model without one.</returns>
    public static ErrorBudgetPrior? For(string? modelId) =>
        ByModel.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(ModelNames.NameIn(modelId), out var prior) ? prior.Value : null;

    /// <summary>Reads a prior from its file.</summary>
    /// <param name="reader">The file. Read to its end, and not disposed.</param>
    /// <returns>The prior.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="reader"/> is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">It is no prior, or one for another version of this library; the message names the line.</exception>
    public static ErrorBudgetPrior Read(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);

        return PriorFile.Read(reader);
    }

    /// <summary>Writes a prior to a file.</summary>
    /// <param name="writer">The file. Not disposed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is <see langword="null"/>.</exception>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);

        PriorFile.Write(this, writer);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Model}: {Source}");

    private static ErrorBudgetPrior Load(string name)
    {
        var resource = $"RagCaching.Contract.Decisions.{name}.prior.txt";
        using var stream = typeof(ErrorBudgetPrior).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The resource {resource} is missing.");
        using var reader = new StreamReader(stream);
        return Read(reader);
    }
}
