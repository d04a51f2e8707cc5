using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>An answer as a stream, together with its origin.</summary>
/// <remarks>
/// A stored answer can be enumerated any number of times. A live answer is generated when enumeration starts, and can be enumerated once.
/// Not thread-safe: one enumeration at a time.
/// </remarks>
public sealed class SemanticCacheStreamingResult : IAsyncEnumerable<ChatResponseUpdate>
{
    private readonly Func<SemanticCacheStreamingResult, CancellationToken, IAsyncEnumerator<ChatResponseUpdate>> _start;
    private readonly bool _isLive;
    private bool _started;

    /// <summary>Creates a streaming result, for test doubles and decorators of <see cref="ISemanticCache"/>.</summary>
    /// <param name="result">Where the answer comes from.</param>
    /// <param name="updates">The answer.</param>
    /// <exception cref="ArgumentNullException"><paramref name="updates"/> is <see langword="null"/>.</exception>
    public SemanticCacheStreamingResult(SemanticCacheResult result, IAsyncEnumerable<ChatResponseUpdate> updates)
        : this(result, (_, cancellationToken) => updates.GetAsyncEnumerator(cancellationToken), isLive: false) =>
        ArgumentNullException.ThrowIfNull(updates);

    internal SemanticCacheStreamingResult(
        SemanticCacheResult result, Func<SemanticCacheStreamingResult, CancellationToken, IAsyncEnumerator<ChatResponseUpdate>> start, bool isLive)
    {
        ArgumentNullException.ThrowIfNull(result);

        Result = result;
        _isLive = isLive;
        _start = start;
    }

    /// <summary>Gets where the answer comes from.</summary>
    /// <value>
    /// Known before the first update. At the start of the enumeration, a miss becomes <see cref="SemanticCacheOutcome.Joined"/> if the same
    /// question is being answered for another caller by then. At the end of a live stream, the result also names the sources.
    /// </value>
    public SemanticCacheResult Result { get; internal set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A live stream is enumerated for the second time.</exception>
    public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (_isLive && Interlocked.Exchange(ref _started, true))
        {
            throw new InvalidOperationException("This answer is generated while it is read and can be read once. Ask again to read it again.");
        }

        return _start(this, cancellationToken);
    }

    /// <summary>Gets the same stream, and tells somebody what came of it: at once where the answer is stored, at the end of the enumeration where it is live.</summary>
    internal SemanticCacheStreamingResult Telling(Action<SemanticCacheResult> tell)
    {
        if (_isLive)
        {
            return new SemanticCacheStreamingResult(Result, (outer, cancellationToken) => TellAtEndAsync(outer, tell, cancellationToken), isLive: true);
        }

        tell(Result);
        return this;
    }

    private async IAsyncEnumerator<ChatResponseUpdate> TellAtEndAsync(SemanticCacheStreamingResult outer, Action<SemanticCacheResult> tell, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var update in this.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                outer.Result = Result;
                yield return update;
            }
        }
        finally
        {
            outer.Result = Result;
            tell(Result);
        }
    }
}
