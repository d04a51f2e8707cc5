using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace RagCaching.Internal;

/// <summary>One piece of work that several callers wait for and that none of them owns.</summary>
/// <remarks>
/// The work stops when the last caller has left, not when the first one does. A caller that arrives after that cannot join any
/// more and starts anew. <see cref="IsInside"/> recognises code that runs inside work of one owner, whose pieces might otherwise wait for
/// themselves, or for each other in a circle. All members are thread-safe.
/// </remarks>
/// <param name="owner">Whose work it is, if <see cref="IsInside"/> is to recognise it.</param>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "The source has no timer, no link and no wait handle: there is nothing to dispose.")]
internal class SharedWork(object? owner = null)
{
    private static readonly AsyncLocal<SharedWork?> Current = new();

    private readonly SharedWork? _outer = Current.Value;
    private readonly object? _owner = owner;
    private CancellationTokenSource? _cancellation;
    private int _waiters = 1;
    private volatile bool _starterHasLeft;

    /// <summary>Gets the token under which the work runs: cancelled when nobody waits for it any more.</summary>
    public CancellationToken Token => (Volatile.Read(ref _cancellation) ?? Cancellation()).Token;

    /// <summary>Gets a value indicating whether the caller that started the work has stopped waiting for it.</summary>
    public bool StarterHasLeft => _starterHasLeft;

    /// <summary>Tells whether the calling code is running inside any work of an owner.</summary>
    public static bool IsInside(object owner)
    {
        for (var work = Current.Value; work is not null; work = work._outer)
        {
            if (ReferenceEquals(work._owner, owner))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Marks the calling asynchronous method, and all that it calls, as being inside this work.</summary>
    public void EnterHere() => Current.Value = this;

    /// <summary>Adds a caller, unless all have left.</summary>
    public bool TryJoin()
    {
        var waiters = Volatile.Read(ref _waiters);
        while (waiters > 0)
        {
            var seen = Interlocked.CompareExchange(ref _waiters, waiters + 1, waiters);
            if (seen == waiters)
            {
                return true;
            }

            waiters = seen;
        }

        return false;
    }

    /// <summary>Removes a caller; the last one to leave cancels the work.</summary>
    /// <param name="isStarter">Whether the leaving caller is the one that started the work.</param>
    /// <returns>Whether it was the last one.</returns>
    public bool Leave(bool isStarter = false)
    {
        if (isStarter)
        {
            _starterHasLeft = true;
        }

        if (Interlocked.Decrement(ref _waiters) > 0)
        {
            return false;
        }

        if (Volatile.Read(ref _cancellation) is { } cancellation)
        {
            Cancel(cancellation);
        }

        return true;
    }

    private static void Cancel(CancellationTokenSource cancellation)
    {
        try
        {
            cancellation.Cancel();
        }
        catch (AggregateException exception)
        {
            // A callback that throws is the work's own affair, not that of the caller who leaves.
            Debug.WriteLine(exception);
        }
    }

    // Made for the first who asks: much work ends before it has to wait for anything.
    private CancellationTokenSource Cancellation()
    {
        var fresh = new CancellationTokenSource();
        var cancellation = Interlocked.CompareExchange(ref _cancellation, fresh, null) ?? fresh;

        // The last one may have left when there was nothing to cancel yet.
        if (Volatile.Read(ref _waiters) <= 0)
        {
            Cancel(cancellation);
        }

        return cancellation;
    }
}
