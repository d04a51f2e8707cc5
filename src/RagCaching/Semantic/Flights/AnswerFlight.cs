using Microsoft.Extensions.AI;
using RagCaching.Internal;
using RagCaching.Semantic.Answers;

namespace RagCaching.Semantic.Flights;

/// <summary>One answer being generated, for the caller that started it and for those that joined.</summary>
internal sealed class AnswerFlight(SemanticCacheEntryContext context)
{
    // It ends without an exception even if the work failed: who waits looks at Failure, and nobody has to.
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the callers' shared interest in the work.</summary>
    public SharedWork Work { get; } = new();

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

    /// <summary>Gets the id under which the answer was stored.</summary>
    public string? StoredId { get; set; }

    /// <summary>Gets a value indicating whether a caller that joined may already be given pieces of the answer.</summary>
    public bool MayShare => Context.Store;

    /// <summary>Gets a value indicating whether the failure may come from the starter's having gone, so that another caller's own factory may succeed.</summary>
    /// <remarks>
    /// A factory that listens to its caller's token can fail with a cancellation before the caller's wait has noticed it: that counts as gone.
    /// </remarks>
    public bool IsFailureOfStarterAlone => Work.StarterHasLeft || Failure is OperationCanceledException;

    /// <summary>Stops waiting. If nobody waits any more, the work is cancelled, and its end awaited: a factory does not outlive its callers.</summary>
    public async ValueTask LeaveAsync(bool isStarter)
    {
        if (!Ended.IsCompleted && Work.Leave(isStarter))
        {
            await Ended.ConfigureAwait(false);
        }
    }

    /// <summary>Ends the flight.</summary>
    public void End(Exception? failure)
    {
        // In this order: who has read the log to its end finds the flight over.
        Failure = failure;
        _ended.SetResult();
        Updates.End();
    }
}
