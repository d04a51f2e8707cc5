namespace RagCaching.Semantic.Flights;

/// <summary>The pieces of one answer in the order in which they came: written once, read by any number of readers at their own pace.</summary>
/// <remarks>The writer is never slowed down by a reader. Thread-safe for one writer and many readers.</remarks>
internal sealed class UpdateLog
{
    private readonly Lock _lock = new();
    private readonly List<LoggedUpdate> _updates = [];
    private TaskCompletionSource? _changed;
    private bool _ended;

    /// <summary>Adds a piece and wakes the readers.</summary>
    public void Append(LoggedUpdate update)
    {
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            _updates.Add(update);
            (waiting, _changed) = (_changed, null);
        }

        waiting?.SetResult();
    }

    /// <summary>Marks the end, good or bad, and wakes the readers.</summary>
    public void End()
    {
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            _ended = true;
            (waiting, _changed) = (_changed, null);
        }

        waiting?.SetResult();
    }

    /// <summary>Reads one piece.</summary>
    /// <param name="position">Which one, from 0.</param>
    /// <param name="update">Receives it, if it has come.</param>
    /// <param name="changed">Receives what to wait for, if it has not come but may; otherwise <see langword="null"/>.</param>
    /// <returns>Whether it has come. Without it and without anything to wait for, the log has ended.</returns>
    public bool TryRead(int position, out LoggedUpdate update, out Task? changed)
    {
        lock (_lock)
        {
            changed = null;
            if (position < _updates.Count)
            {
                update = _updates[position];
                return true;
            }

            update = default;
            if (!_ended)
            {
                _changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                changed = _changed.Task;
            }

            return false;
        }
    }
}
