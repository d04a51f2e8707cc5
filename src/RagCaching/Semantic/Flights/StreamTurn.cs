using System.Collections.ObjectModel;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Semantic.Lookups;

namespace RagCaching.Semantic.Flights;

/// <summary>One caller's reading of an answer that is being generated, from its first piece to its end, or until it falls back on a stored answer.</summary>
/// <remarks>Not thread-safe. After <see cref="ReadAsync"/> has returned <see langword="null"/> or thrown, or the caller has gone, <see cref="CloseAsync"/> gives the seat back.</remarks>
/// <param name="services">What reading needs.</param>
/// <param name="result">Is told what becomes of the request.</param>
/// <param name="missed">The question, with what the lookup found.</param>
/// <param name="seat">The caller's place.</param>
/// <param name="found">What another caller has stored since the lookup; <see langword="null"/> for nothing.</param>
/// <param name="mayRetry">Whether a caller that joined and was given nothing may try once more.</param>
internal sealed class StreamTurn(FlightServices services, SemanticCacheStreamingResult result, MissedRequest missed, FlightSeat seat, LookupResult? found, bool mayRetry)
{
    private readonly LookupResult _origin = found ?? missed.Lookup;

    // Of a caller that may yet be served something else, nothing is said before the first piece.
    private readonly bool _mayFallBack = found is null && missed.Fallback is not null;
    private readonly Queue<ChatResponseUpdate> _ready = [];
    private bool _waitsSoftly = found is null && missed.Fallback is not null;
    private bool _isReported;
    private bool _isClosed;
    private bool _hasEnded;
    private bool _hasBegun;
    private bool _isStandIn;
    private int _position;

    /// <summary>Gets a value indicating whether the request has been answered.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Gets a value indicating whether another caller's answer failed, so that the next one may be joined, too.</summary>
    public bool HasFailed { get; private set; }

    private AnswerFlight Flight => seat.Flight;

    /// <summary>Says what becomes of the request, as far as it is known.</summary>
    public void Begin()
    {
        result.Result = ResultOf(sources: null);
        if (!_mayFallBack)
        {
            ReportLive();
        }
    }

    /// <summary>Gets the next piece.</summary>
    /// <returns><see langword="null"/> at the end; <see cref="IsAnswered"/> says whether it is that of the answer.</returns>
    /// <exception cref="Exception">What the answer failed with, where this caller has to know.</exception>
    public async ValueTask<ChatResponseUpdate?> ReadAsync(CancellationToken cancellationToken)
    {
        while (!_hasEnded && (_ready.Count == 0 || !_hasBegun))
        {
            var (next, isLate) = await NextAsync(cancellationToken).ConfigureAwait(false);
            LookupResult? standIn = null;
            if (isLate && _waitsSoftly)
            {
                _waitsSoftly = false;
                standIn = await SlowAsync(cancellationToken).ConfigureAwait(false);
                if (standIn is null && !seat.IsFollower)
                {
                    continue;
                }
            }

            if (next is not { } update)
            {
                _hasEnded = true;
                await EndAsync(standIn, cancellationToken).ConfigureAwait(false);
                break;
            }

            _position++;
            _ready.Enqueue(update);

            // Whoever has been given a piece is given the rest, and it may yet turn out that there is nothing to share.
            if (!(seat.IsFollower || _mayFallBack) || _hasBegun || !SaysNothing(update))
            {
                _hasBegun = true;
                ReportLive();
            }
        }

        if (_isStandIn)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return _ready.TryDequeue(out var ready) ? ready : null;
    }

    /// <summary>Gives the seat back.</summary>
    public async ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            ReportLive();
        }

        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        if (seat.IsFollower)
        {
            Flight.LeaveAsFollower();
        }
        else if (_isStandIn)
        {
            services.Left.Keep(Flight);
        }
        else
        {
            await Flight.LeaveAsStarterAsync().ConfigureAwait(false);
        }
    }

    // There are no more pieces, be it that the answer is whole, that it failed, or that the caller's patience is over.
    private async ValueTask EndAsync(LookupResult? standIn, CancellationToken cancellationToken)
    {
        if (standIn is null && seat.IsFollower && !_hasBegun && Flight is { IsHeldBack: true, Answer: { } answer })
        {
            // It was held back until it was known to be shareable.
            _hasBegun = true;
            Enqueue(answer);
        }

        var mayFallBackNow = _mayFallBack && !_hasBegun && !cancellationToken.IsCancellationRequested;
        if (standIn is null && mayFallBackNow && Flight.Failure is { } failed && !(seat.IsFollower && Flight.IsFailureOfStarterAlone))
        {
            standIn = await FailedAsync(failed, cancellationToken).ConfigureAwait(false);
        }

        if (standIn?.Answer is { } stored)
        {
            IsAnswered = _isStandIn = _isReported = true;
            await CloseAsync(CancellationToken.None).ConfigureAwait(false);
            result.Result = standIn.ToResult(response: null, standIn.Entry?.ToString());
            services.Reporter.Report(missed.Request.ScopeLabel, standIn);
            _ready.Clear();
            Enqueue(stored);
            return;
        }

        if (Flight.Failure is { } failure)
        {
            if (!seat.IsFollower || _hasBegun || (!mayRetry && !Flight.IsFailureOfStarterAlone))
            {
                ReportLive();
                ExceptionDispatchInfo.Throw(seat.IsFollower && Flight.IsEndOfStarter ? RestIsLost(failure) : failure);
            }

            // A reader that has been given nothing yet may try once more, and is never told of another caller's cancellation.
            HasFailed = true;
            _ready.Clear();
        }
        else if (!seat.IsFollower || _hasBegun)
        {
            ReportLive();
            IsAnswered = true;
            if (seat.IsFollower)
            {
                services.Reporter.JoinedToTheEnd(missed.Request.ScopeLabel, Flight.Answer);
            }

            result.Result = ResultOf(_origin.Answer?.Sources ?? Flight.Context.SourcesNow());
        }
        else
        {
            // It takes too long, or its answer is not to be shared.
            _ready.Clear();
        }
    }

    private void Enqueue(StoredAnswer answer)
    {
        foreach (var update in AnswerPlayer.ToUpdates(answer))
        {
            _ready.Enqueue(update);
        }
    }

    private void ReportLive()
    {
        if (_isReported)
        {
            return;
        }

        _isReported = true;
        if (seat.IsFollower)
        {
            services.Reporter.Report(missed.Request.ScopeLabel, result.Result.Outcome, result.Result.Reason, result.Result.Similarity);
        }
        else
        {
            services.Reporter.Report(missed.Request.ScopeLabel, _origin);
        }
    }

    private ValueTask<LookupResult?> SlowAsync(CancellationToken cancellationToken)
    {
        if (!seat.IsFollower)
        {
            services.StandIns.Health.Failed();
        }

        return services.StandIns.TryAsync(missed.Request, missed.Fallback, SemanticCacheReason.ModelSlow, cancellationToken);
    }

    private ValueTask<LookupResult?> FailedAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (!seat.IsFollower && failure is OperationCanceledException { InnerException: not TimeoutException })
        {
            // Not this caller's cancellation, so a time limit of the client's.
            services.StandIns.Health.Failed();
        }

        return services.StandIns.TryAsync(missed.Request, missed.Fallback, SemanticCacheReason.ModelFailed, cancellationToken);
    }

    private SemanticCacheResult ResultOf(IReadOnlyDictionary<string, string?>? sources)
    {
        var entryId = _origin.Entry?.ToString() ?? (Flight.Context.EntryId.Length == 0 ? null : Flight.Context.EntryId);
        return seat.IsFollower
            ? new SemanticCacheResult
            {
                Outcome = SemanticCacheOutcome.Joined,
                EntryId = entryId,
                Similarity = seat.Similarity,
                MatchedQuestion = seat.Similarity is null ? null : Flight.Question,
                SourceVersions = sources ?? ReadOnlyDictionary<string, string?>.Empty,
                EmbeddingDuration = _origin.EmbeddingDuration,
            }
            : _origin.ToResult(response: null, entryId, sources);
    }

    // The next piece, or none at the end, be it the answer's or the caller's patience's.
    private async ValueTask<(ChatResponseUpdate? Update, bool IsLate)> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (seat.IsFollower && !_hasBegun && Flight.IsHeldBack)
            {
                var isOver = await services.Patience.IsOverInTimeAsync(Flight, Patience(), cancellationToken).ConfigureAwait(false);
                return (null, IsLate: !isOver);
            }

            if (Flight.Updates.TryRead(_position, out var update, out var changed))
            {
                return (!seat.IsFollower ? update.Original : _hasBegun || Flight.MayShare ? FollowerCopy.Of(update.Template) : null, IsLate: false);
            }

            if (changed is null)
            {
                return default;
            }

            try
            {
                await changed.WaitAsync(_hasBegun ? Timeout.InfiniteTimeSpan : Patience(), services.Patience.Time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return (null, IsLate: true);
            }
        }
    }

    private TimeSpan Patience() => services.Patience.For(Flight, seat.IsFollower, _waitsSoftly);

    // Some clients name the reason of the end, and what was used, before the calls of tools, which come last.
    private static bool SaysNothing(ChatResponseUpdate update) => update.Contents.All(content => content is TextContent { Text.Length: 0 } or UsageContent);

    // What was delivered cannot be taken back, and another run would not go on where this one stopped.
    private static InvalidOperationException RestIsLost(Exception failure) => new(
        "The rest of this answer is lost: the caller that started it has gone, and with it what generated the answer. Ask again for a whole one.", failure);
}
