using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>An answer as a stream, with where it comes from.</summary>
/// <remarks>
/// A stored answer can be enumerated any number of times. A live one is generated when enumeration starts, and can be enumerated once.
/// Not thread-safe: one enumeration at a time.
/// </remarks>
public sealed class SemanticCacheStreamingResult : IAsyncEnumerable<ChatResponseUpdate>
{
    private readonly Func<SemanticCacheStreamingResult, CancellationToken, IAsyncEnumerator<ChatResponseUpdate>> _start;

    /// <summary>Creates a streaming result, for test doubles and decorators of <see cref="ISemanticCache"/>.</summary>
    /// <param name="result">Where the answer comes from.</param>
    /// <param name="updates">The answer.</param>
    public SemanticCacheStreamingResult(SemanticCacheResult result, IAsyncEnumerable<ChatResponseUpdate> updates)
        : this(result, (_, cancellationToken) => updates.GetAsyncEnumerator(cancellationToken)) =>
        ArgumentNullException.ThrowIfNull(updates);

    internal SemanticCacheStreamingResult(
        SemanticCacheResult result, Func<SemanticCacheStreamingResult, CancellationToken, IAsyncEnumerator<ChatResponseUpdate>> start)
    {
        ArgumentNullException.ThrowIfNull(result);

        Result = result;
        _start = start;
    }

    /// <summary>Gets where the answer comes from.</summary>
    /// <value>
    /// Known before the first update. A miss becomes <see cref="SemanticCacheOutcome.Joined"/> at the start of the enumeration if
    /// another caller has begun to be answered the same question by then.
    /// </value>
    public SemanticCacheResult Result { get; internal set; }

    /// <inheritdoc/>
    public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) => _start(this, cancellationToken);
}
