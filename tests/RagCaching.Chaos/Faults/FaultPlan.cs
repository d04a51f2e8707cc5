namespace RagCaching.Chaos.Faults;

/// <summary>Decides for every operation of a double whether, when and how it goes wrong.</summary>
/// <param name="time">What delays are measured by.</param>
/// <remarks>Thread-safe; what is set applies to operations that begin afterwards.</remarks>
public sealed class FaultPlan(TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly TaskCompletionSource _hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _operations;

    /// <summary>Gets or sets how operations go wrong, by their names.</summary>
    public Func<string, FaultKind> Kind { get; set; } = static _ => FaultKind.None;

    /// <summary>Gets or sets how long each operation takes, by its name, before anything else.</summary>
    public Func<string, TimeSpan> Delay { get; set; } = static _ => TimeSpan.Zero;

    /// <summary>Gets or sets what every operation waits for, by its name, before anything else.</summary>
    public Func<string, Task> Before { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Gets or sets the one operation, counted from 1, that fails whatever <see cref="Kind"/> says; 0 for none.</summary>
    public int FailingOperation { get; set; }

    /// <summary>Gets or sets how that one goes wrong.</summary>
    public FaultKind FailingKind { get; set; } = FaultKind.FailsAtOnce;

    /// <summary>Gets or sets what lets go of the operations that hang or fail later.</summary>
    public TaskCompletionSource Release { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets or sets what operations fail with.</summary>
    public Func<string, Exception> Failure { get; set; } = static operation => new IOException($"Chaos: '{operation}' failed.");

    /// <summary>Gets the task that completes when an operation hangs.</summary>
    public Task Hangs => _hangs.Task;

    /// <summary>Gets how many operations there were.</summary>
    public int Operations => Volatile.Read(ref _operations);

    /// <summary>Makes every operation go wrong in one way.</summary>
    public void Always(FaultKind kind) => Kind = _ => kind;

    /// <summary>Makes every operation succeed again, and lets go of those that hang.</summary>
    public void Heal()
    {
        Kind = static _ => FaultKind.None;
        Delay = static _ => TimeSpan.Zero;
        FailingOperation = 0;
        var release = Release;
        Release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        release.TrySetResult();
    }

    /// <summary>Tells how the operation that begins now goes wrong, and counts it.</summary>
    public FaultKind Next(string operation) => Interlocked.Increment(ref _operations) == FailingOperation ? FailingKind : Kind(operation);

    /// <summary>Carries an operation out, or lets it go wrong.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="run">The operation itself.</param>
    /// <param name="garbage">What it answers with when it answers with garbage; <see langword="null"/> where it then fails.</param>
    /// <param name="cancellationToken">The token of its caller.</param>
    public ValueTask<T> RunAsync<T>(string operation, Func<CancellationToken, ValueTask<T>> run, Func<T>? garbage, CancellationToken cancellationToken) =>
        RunAsync(Next(operation), operation, run, garbage, cancellationToken);

    /// <summary>Carries out an operation whose task is an object, which may be missing, or lets it go wrong.</summary>
    public Task<T> RunTaskAsync<T>(string operation, Func<CancellationToken, ValueTask<T>> run, Func<T>? garbage, CancellationToken cancellationToken)
    {
        var kind = Next(operation);
        return kind == FaultKind.ReturnsNull ? null! : RunAsync(kind, operation, run, garbage, cancellationToken).AsTask();
    }

    /// <summary>Carries out an operation that returns nothing, or lets it go wrong.</summary>
    public async ValueTask RunAsync(string operation, Func<CancellationToken, ValueTask> run, CancellationToken cancellationToken) => await RunAsync(
        operation,
        async token =>
        {
            await run(token).ConfigureAwait(false);
            return true;
        },
        static () => false,
        cancellationToken).ConfigureAwait(false);

    private ValueTask<T> RunAsync<T>(FaultKind kind, string operation, Func<CancellationToken, ValueTask<T>> run, Func<T>? garbage, CancellationToken cancellationToken) => kind switch
    {
        FaultKind.ThrowsAtOnce => throw Failure(operation),
        FaultKind.FailsAtOnce => ValueTask.FromException<T>(Failure(operation)),
        FaultKind.ReturnsNull => default,
        FaultKind.AnswersGarbage => garbage is null ? ValueTask.FromException<T>(Failure(operation)) : new ValueTask<T>(garbage()),
        _ => RunLaterAsync(kind, operation, run, cancellationToken),
    };

    private async ValueTask<T> RunLaterAsync<T>(FaultKind kind, string operation, Func<CancellationToken, ValueTask<T>> run, CancellationToken cancellationToken)
    {
        await Before(operation).ConfigureAwait(false);
        var delay = Delay(operation);
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
        }

        switch (kind)
        {
            case FaultKind.FailsAfterwards:
                await run(cancellationToken).ConfigureAwait(false);
                throw Failure(operation);
            case FaultKind.FailsLater:
                await Release.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
                throw Failure(operation);
            case FaultKind.HangsUntilCancelled:
                _hangs.TrySetResult();
                await Release.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
                break;
            case FaultKind.IgnoresItsToken:
                _hangs.TrySetResult();
                await Release.Task.ConfigureAwait(false);
                break;
            default:
                break;
        }

        return await run(cancellationToken).ConfigureAwait(false);
    }
}
