using Microsoft.Extensions.AI;
using RagCaching.Internal;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Requests;

namespace RagCaching.Semantic.Flights;

/// <summary>One answer being generated, for the caller that started it and for those that joined.</summary>
internal sealed class AnswerFlight(SemanticCacheEntryContext context)
{
    /// <summary>The owner of all flights in the process: from inside one, no other is waited for, so they cannot wait for each other in a circle.</summary>
    public static readonly object Owner = new();

    // It ends without an exception even if the work failed: who waits looks at Failure, and nobody has to.
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isPrivate;
    private volatile bool _isHeldBack;

    /// <summary>Gets the callers' shared interest in the work.</summary>
    public SharedWork Work { get; } = new(Owner);

    /// <summary>Gets how many removals there had been when the work began; a caller that comes after another one must not join.</summary>
    public required long RemovalsBefore { get; init; }

    /// <summary>Gets when the flight began, as a timestamp of the cache's clock.</summary>
    public required long StartedAt { get; init; }

    /// <summary>Gets the question.</summary>
    public required string Question { get; init; }

    /// <summary>Gets the question's vector; empty where the question must not be compared with others by meaning.</summary>
    public ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>Gets or sets the flight's place in the order of its group, from 1.</summary>
    public long Number { get; set; }

    /// <summary>Gets what the factory says about the answer.</summary>
    public SemanticCacheEntryContext Context { get; } = context;

    /// <summary>Gets the pieces of the answer, as the starter gets them.</summary>
    public UpdateLog Updates { get; } = new();

    /// <summary>Gets a task that completes when the work is over and everything below is set.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Gets what the work failed with.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Gets the answer as the factory returned it; the starter's, where it did not stream.</summary>
    public ChatResponse? Response { get; set; }

    /// <summary>Gets the answer in the form from which the callers that joined get copies; <see langword="null"/> when it must not be shared.</summary>
    public StoredAnswer? Answer { get; set; }

    /// <summary>Gets or sets the token with which other instances are let go on; <see langword="null"/> where none waits.</summary>
    public string? Lease { get; set; }

    /// <summary>Gets the id under which the answer was stored.</summary>
    public string? StoredId { get; set; }

    /// <summary>Gets a value indicating whether a caller that joined may already be given pieces of the answer.</summary>
    public bool MayShare => Context.Store && !_isPrivate;

    /// <summary>Gets a value indicating whether a caller that joined, and was given no piece yet, has to wait for the end: until then it is open whether the answer may be shared.</summary>
    public bool IsHeldBack => _isHeldBack;

    /// <summary>Gets a value indicating whether the failure may come from the starter's having gone, so that another caller's own factory may succeed.</summary>
    /// <remarks>
    /// A factory that listens to its caller's token can fail with a cancellation before the caller's wait has noticed it, and a client that belongs to the scope of its caller's request is disposed
    /// with it: both count as gone.
    /// </remarks>
    public bool IsFailureOfStarterAlone => Work.StarterHasLeft || IsEndOfStarter;

    /// <summary>Gets a value indicating whether the failure says that what belonged to the starter has ended.</summary>
    public bool IsEndOfStarter => Failure is OperationCanceledException or ObjectDisposedException;

    /// <summary>Makes the flight of a request.</summary>
    /// <param name="request">The question.</param>
    /// <param name="vector">Its vector, if the lookup got that far.</param>
    /// <param name="time">The clock.</param>
    public static AnswerFlight New(CacheRequest request, ReadOnlyMemory<float> vector, TimeProvider time) => new(request.NewContext())
    {
        StartedAt = time.GetTimestamp(),
        RemovalsBefore = request.Ticket.RemovalsBefore,
        Question = request.Question,
        Vector = vector,
    };

    /// <summary>Stops waiting for another caller's work, which is cancelled if nobody waits for it any more.</summary>
    public void LeaveAsFollower()
    {
        if (!Ended.IsCompleted)
        {
            Work.Leave();
        }
    }

    /// <summary>Stops waiting for one's own work. If nobody else waits, it is cancelled, and its end awaited: a factory does not outlive its caller.</summary>
    public async ValueTask LeaveAsStarterAsync()
    {
        if (!Ended.IsCompleted && Work.Leave(isStarter: true))
        {
            await Ended.ConfigureAwait(false);
        }
    }

    /// <summary>Keeps callers that have not been given a piece yet from being given any.</summary>
    public void StopSharing() => _isPrivate = true;

    /// <summary>Lets callers that have not been given a piece yet wait for the end.</summary>
    public void HoldBack() => _isHeldBack = true;

    /// <summary>Ends the flight.</summary>
    public void End(Exception? failure)
    {
        // In this order: who has read the log to its end finds the flight over.
        Failure = failure;
        _ended.SetResult();
        Updates.End();
    }
}
