using Microsoft.Extensions.AI;

namespace RagCaching.Pipeline.Running;

/// <summary>Runs a stream in the execution context of the call that asked for it: retrievers, selectors and models find the ambient values of who asked, not of who reads.</summary>
/// <param name="stream">The stream.</param>
/// <param name="context">The context of the call.</param>
internal sealed class CallersContext(IAsyncEnumerator<ChatResponseUpdate> stream, ExecutionContext context) : IAsyncEnumerator<ChatResponseUpdate>
{
    private Task<bool>? _move;
    private Task? _disposal;

    /// <inheritdoc/>
    public ChatResponseUpdate Current => stream.Current;

    /// <summary>Puts a stream into the context of the current call.</summary>
    /// <returns>What starts the stream; as it is where the caller has switched the flow of its context off.</returns>
    public static Func<TArgument, CancellationToken, IAsyncEnumerator<ChatResponseUpdate>> Keep<TArgument>(Func<TArgument, CancellationToken, IAsyncEnumerator<ChatResponseUpdate>> start) =>
        ExecutionContext.Capture() is { } context ? (argument, token) => new CallersContext(start(argument, token), context) : start;

    /// <inheritdoc/>
    public ValueTask<bool> MoveNextAsync()
    {
        ExecutionContext.Run(context, static state => ((CallersContext)state!).Move(), this);
        return new ValueTask<bool>(_move!);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        ExecutionContext.Run(context, static state => ((CallersContext)state!).End(), this);
        return new ValueTask(_disposal!);
    }

    private void Move() => _move = stream.MoveNextAsync().AsTask();

    private void End() => _disposal = stream.DisposeAsync().AsTask();
}
