namespace RagCaching.Tests.TestDoubles;

/// <summary>An enumerator that has asked for its first element already: a reader that waits.</summary>
internal sealed class PrefetchedEnumerator<T> : IAsyncEnumerator<T>
{
    private readonly IAsyncEnumerator<T> _inner;
    private Task<bool>? _first;

    public PrefetchedEnumerator(IAsyncEnumerator<T> inner)
    {
        _inner = inner;
        _first = inner.MoveNextAsync().AsTask();
    }

    public T Current => _inner.Current;

    public ValueTask<bool> MoveNextAsync()
    {
        var first = _first;
        _first = null;
        return first is null ? _inner.MoveNextAsync() : new ValueTask<bool>(first);
    }

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
