using System.Collections.Concurrent;

namespace RagCaching.Onnx.Running;

/// <summary>Bounds how many runs of a model happen at the same time, and keeps it open as long as somebody uses it. Thread-safe.</summary>
internal sealed class RunSlots : IDisposable
{
    private const string NameOfOwner = "OnnxEmbeddingGenerator";

    private readonly Lock _lock = new();
    private readonly EncoderModel _model;
    private readonly SemaphoreSlim _slots;
    private readonly ConcurrentBag<EncoderRun> _idle = [];
    private int _users;
    private bool _isDisposed;

    public RunSlots(EncoderModel model, int count)
    {
        _model = model;
        Count = count;
        _slots = new SemaphoreSlim(count, count);
    }

    /// <summary>Gets how many runs may happen at the same time.</summary>
    public int Count { get; }

    /// <summary>Begins a use: until its end the model stays open.</summary>
    /// <exception cref="ObjectDisposedException">The generator was disposed.</exception>
    public void BeginUse()
    {
        lock (_lock)
        {
            ThrowIfDisposed();
            _users++;
        }
    }

    public void EndUse()
    {
        bool isLast;
        lock (_lock)
        {
            isLast = --_users == 0 && _isDisposed;
        }

        if (isLast)
        {
            Release();
        }
    }

    /// <summary>Encodes texts together, once there is a slot.</summary>
    /// <exception cref="ObjectDisposedException">The generator was disposed meanwhile.</exception>
    /// <exception cref="OperationCanceledException">The caller does not want the vectors any more.</exception>
    public async ValueTask EncodeAsync(TokenTable table, ReadOnlyMemory<int> texts, float[][] vectors, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowIfDisposed();
            if (!_idle.TryTake(out var run))
            {
                run = new EncoderRun(_model, BatchPlan.MostPlaces);
            }

            try
            {
                run.Encode(table, texts.Span, vectors);
            }
            finally
            {
                _idle.Add(run);
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            if (_users > 0)
            {
                return;
            }
        }

        Release();
    }

    private void ThrowIfDisposed()
    {
        if (Volatile.Read(ref _isDisposed))
        {
            throw new ObjectDisposedException(NameOfOwner, "The generator was disposed, by its host or by who opened it. Open another one.");
        }
    }

    private void Release()
    {
        foreach (var run in _idle)
        {
            run.Dispose();
        }

        _model.Dispose();
        _slots.Dispose();
    }
}
