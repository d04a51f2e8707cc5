using RagCaching.Testing.Conformance.Checks;

namespace RagCaching;

/// <summary>One promise of a contract, and how to find out whether an implementation keeps it.</summary>
/// <typeparam name="TSubject">What is checked: <see cref="VectorStoreSubject"/> or <see cref="VectorJournalSubject"/>.</typeparam>
/// <remarks>Immutable and thread-safe. A check needs no test framework: it throws where a promise is not kept. Checks depend neither on each other nor on the time of the machine.</remarks>
public sealed class ConformanceCheck<TSubject>
    where TSubject : class, IAsyncDisposable
{
    private readonly Func<TSubject, CancellationToken, Task> _body;

    internal ConformanceCheck(string name, string promise, Func<TSubject, CancellationToken, Task> body)
    {
        Name = name;
        Promise = promise;
        _body = body;
    }

    /// <summary>Gets the name: what is done, the case, and what is expected, separated by underscores.</summary>
    /// <value>Unique in its suite. The variants of one check differ in what follows in brackets.</value>
    public string Name { get; }

    /// <summary>Gets what the contract promises, in a sentence.</summary>
    public string Promise { get; }

    /// <summary>Runs the check once, on a subject of its own.</summary>
    /// <param name="create">
    /// Creates the subject, empty. What it throws reaches the caller unchanged, so that a test framework can skip the check where a server is missing. The subject is disposed of after the check; what that throws
    /// reaches the caller unchanged, too, unless the check has failed.
    /// </param>
    /// <param name="cancellationToken">Cancels the check. A check has no time limit of its own: an implementation that hangs is ended by this token, or by the test framework.</param>
    /// <returns>A task that completes when the promise was seen to be kept.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is <see langword="null"/>.</exception>
    /// <exception cref="ConformanceException">The promise was not kept.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="create"/> returned <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task RunAsync(Func<CancellationToken, ValueTask<TSubject>> create, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(create);

        return RunCoreAsync(create, cancellationToken);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private async Task RunCoreAsync(Func<CancellationToken, ValueTask<TSubject>> create, CancellationToken cancellationToken)
    {
        var subject = await create(cancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException($"There is no {typeof(TSubject).Name} to check: the delegate that creates it returned null.");
        await Ending.RunAsync(() => JudgeAsync(subject, cancellationToken), subject.DisposeAsync).ConfigureAwait(false);
    }

    private async Task JudgeAsync(TSubject subject, CancellationToken cancellationToken)
    {
        var running = _body(subject, cancellationToken);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (running.IsCanceled)
        {
            throw new ConformanceException(Name, Promise, "An operation that nobody had cancelled ended as cancelled.", innerException: null);
        }

        if (running.Exception?.InnerException is { } thrown)
        {
            throw new ConformanceException(Name, Promise, thrown is UnmetExpectationException ? thrown.Message : $"{thrown.GetType().Name} was thrown: {thrown.Message}", thrown);
        }
    }
}
