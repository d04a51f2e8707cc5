using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>An answer of a <see cref="RagPipeline"/> as a stream.</summary>
/// <remarks>The question is asked when enumeration starts, and once. Not thread-safe; <see cref="Completion"/> may be awaited from anywhere.</remarks>
public sealed class RagStreamingAnswer : IAsyncEnumerable<ChatResponseUpdate>
{
    private readonly Func<TaskCompletionSource<RagAnswer>, CancellationToken, IAsyncEnumerator<ChatResponseUpdate>> _start;
    private readonly TaskCompletionSource<RagAnswer> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _started;

    internal RagStreamingAnswer(Func<TaskCompletionSource<RagAnswer>, CancellationToken, IAsyncEnumerator<ChatResponseUpdate>> start) => _start = start;

    /// <summary>Gets the whole answer, once the stream has been read to its end.</summary>
    /// <value>
    /// Fails with what the stream failed with, and is cancelled when the reader breaks off. Never completes if the stream is never read.
    /// </value>
    public Task<RagAnswer> Completion => _completion.Task;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The stream is enumerated for the second time.</exception>
    public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _started, true)
            ? throw new InvalidOperationException("This answer is generated while it is read and can be read once. Ask again to read it again.")
            : _start(_completion, cancellationToken);
}
