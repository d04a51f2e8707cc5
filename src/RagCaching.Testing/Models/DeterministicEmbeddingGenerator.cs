using Microsoft.Extensions.AI;
using RagCaching.Testing.Models;

namespace RagCaching;

/// <summary>An embedding generator for tests: every text has a unit vector of its own, the same in every run, and texts mean the same where the test says so.</summary>
/// <remarks>
/// Vectors come from a hash of the text. Texts that nobody called alike have cosines around 0: less than 0.3 in 256 dimensions. Texts are compared character by character. Never touches a network. Thread-safe.
/// </remarks>
public sealed class DeterministicEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int FewestDimensions = 2;
    private const int MostDimensions = 65_536;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly Dictionary<string, float[]> _placed = new(StringComparer.Ordinal);
    private readonly List<EmbeddingCall> _calls = [];
    private readonly Queue<Exception> _failures = new();

    /// <summary>Creates a generator.</summary>
    /// <param name="dimensions">The number of dimensions, from 2 to 65,536. Below about 64, texts that have nothing in common can look alike.</param>
    /// <param name="modelId">What the generator says its model is.</param>
    /// <param name="timeProvider">The clock for <see cref="Delay"/> and <see cref="EmbeddingCall.ReceivedAt"/>; that of the system if it is <see langword="null"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is out of range.</exception>
    /// <exception cref="ArgumentException"><paramref name="modelId"/> is <see langword="null"/> or empty.</exception>
    public DeterministicEmbeddingGenerator(int dimensions = 256, string modelId = "deterministic", TimeProvider? timeProvider = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, FewestDimensions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, MostDimensions);
        ArgumentException.ThrowIfNullOrEmpty(modelId);

        _time = timeProvider ?? TimeProvider.System;
        _metadata = new EmbeddingGeneratorMetadata("ragcaching.testing", providerUri: null, modelId, dimensions);
    }

    /// <summary>Gets or sets how long a call takes.</summary>
    /// <value>By the clock of the generator; default zero. Negative values count as zero.</value>
    public TimeSpan Delay { get; set; }

    /// <summary>Gets the calls so far, in their order, those that failed too.</summary>
    /// <value>A copy.</value>
    public IReadOnlyList<EmbeddingCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    private int Dimensions => _metadata.DefaultModelDimensions!.Value;

    /// <summary>Says how near the meanings of two texts are.</summary>
    /// <param name="text">A text, whose vector stays as it is.</param>
    /// <param name="other">The text that gets a vector at this cosine from that of <paramref name="text"/>. It must have been neither argument before.</param>
    /// <param name="similarity">The cosine of both vectors, from -1 to 1, exact up to rounding; by default 0.97, far above usual thresholds.</param>
    /// <returns>This generator.</returns>
    /// <exception cref="ArgumentNullException">A text is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="similarity"/> is no cosine.</exception>
    /// <exception cref="ArgumentException"><paramref name="other"/> has its place already, or is <paramref name="text"/> itself.</exception>
    /// <remarks>
    /// Two texts that were both placed near a third one at similarities <c>a</c> and <c>b</c> have a cosine of about <c>a · b</c>. Say it before the texts are embedded: stored vectors do not change.
    /// </remarks>
    public DeterministicEmbeddingGenerator Same(string text, string other, float similarity = 0.97f)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(other);
        if (!(similarity is >= -1 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(similarity), similarity, "A similarity is a cosine, from -1 to 1.");
        }

        lock (_lock)
        {
            if (other == text || _placed.ContainsKey(other))
            {
                throw new ArgumentException($"The text '{other}' has its place already: name it second, once, before it is the first of another pair.", nameof(other));
            }

            _placed[text] = VectorOf(text);
            _placed[other] = TextDirections.Near(_placed[text], other, similarity);
            return this;
        }
    }

    /// <summary>Makes the next calls fail that do not fail already.</summary>
    /// <param name="exception">What they throw, after <see cref="Delay"/>.</param>
    /// <param name="calls">How many calls, at least 1.</param>
    /// <returns>This generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="calls"/> is less than 1.</exception>
    public DeterministicEmbeddingGenerator FailNext(Exception exception, int calls = 1)
    {
        ArgumentNullException.ThrowIfNull(exception);
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, 1);

        lock (_lock)
        {
            for (var i = 0; i < calls; i++)
            {
                _failures.Enqueue(exception);
            }
        }

        return this;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A text is <see langword="null"/>, or the options ask for another number of dimensions than the generator has.</exception>
    /// <exception cref="Exception">What <see cref="FailNext"/> was given.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] texts = [.. values];
        if (texts.Contains(null))
        {
            throw new ArgumentException($"Text {Array.IndexOf(texts, null)} of the batch is null.", nameof(values));
        }

        if (options?.Dimensions is { } dimensions && dimensions != Dimensions)
        {
            throw new ArgumentException($"The options ask for {dimensions} dimensions; this generator has {Dimensions}.", nameof(options));
        }

        return GenerateCoreAsync(texts, options?.Clone(), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="serviceType"/> is <see langword="null"/>.</exception>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);

        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: the generator can be used by several hosts of a test, one after the other.</summary>
    public void Dispose()
    {
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> GenerateCoreAsync(string[] texts, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Exception? failure;
        lock (_lock)
        {
            _calls.Add(new EmbeddingCall(texts, options, _time.GetUtcNow()));
            _failures.TryDequeue(out failure);
        }

        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, _time, cancellationToken).ConfigureAwait(false);
        }

        if (failure is not null)
        {
            throw failure;
        }

        lock (_lock)
        {
            var tokens = texts.Sum(WordCount.Of);
            return new GeneratedEmbeddings<Embedding<float>>(texts.Select(text => new Embedding<float>(VectorOf(text).ToArray()) { ModelId = _metadata.DefaultModelId, CreatedAt = _time.GetUtcNow() }))
            {
                Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens },
            };
        }
    }

    private float[] VectorOf(string text) => _placed.TryGetValue(text, out var vector) ? vector : TextDirections.Of(text, Dimensions);
}
