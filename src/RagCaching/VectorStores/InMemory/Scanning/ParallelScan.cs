using System.Runtime.ExceptionServices;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.VectorStores.InMemory.Scanning;

/// <summary>One search of a large partition by several threads: its segments are handed out one by one to whoever is free.</summary>
/// <remarks>
/// <para>
/// The thread that searches takes part from the first segment to the last and asks the thread pool for helpers. A helper that comes too late finds
/// nothing to do; nobody waits for one that has not begun, and for one that has only as long as its last segment takes. All share the highest
/// floor that any of them has reached: somebody then has as many matches of at least that similarity as are wanted, so what is below cannot be among the
/// best, and what equals it is still looked at. Hence the matches, put together, are those of one thread, ties included.
/// </para>
/// <para>No locks. Reused by the thread that made it once no helper holds it any more, so a search allocates nothing for it in the long run.</para>
/// </remarks>
internal sealed class ParallelScan : IThreadPoolWorkItem
{
    /// <summary>Set in <see cref="_state"/> when no helper may begin any more; below it is the number of helpers at work.</summary>
    private const int Closed = 1 << 30;

    private Segment[] _segments = [];
    private NearestMatches[] _found = [];
    private PreparedQuery _query = null!;
    private ScanPlanner _planner = null!;
    private Action<SearchCounts> _count = null!;
    private CancellationToken _cancellationToken;
    private NearestMatches _empty;
    private long _now;
    private int _next;
    private int _floorBits;
    private int _state;
    private int _helpers;
    private int _pending;
    private Exception? _fault;

    /// <summary>Gets a value indicating whether no helper holds the scan any more, so that it can serve another search.</summary>
    public bool IsFree => Volatile.Read(ref _pending) == 0;

    /// <summary>Gets the highest floor that was reached.</summary>
    private float Floor => BitConverter.Int32BitsToSingle(Volatile.Read(ref _floorBits));

    /// <summary>Starts a search.</summary>
    /// <param name="segments">The segments.</param>
    /// <param name="query">The query; not to be changed before <see cref="Close"/>.</param>
    /// <param name="matches">The search's matches, none yet.</param>
    /// <param name="now">The timestamp at which entries must be valid.</param>
    /// <param name="planner">What earlier scans of the partition found out.</param>
    /// <param name="helpers">How many helpers there will be.</param>
    /// <param name="count">Told what each helper looked at.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    public void Begin(
        Segment[] segments,
        PreparedQuery query,
        in NearestMatches matches,
        long now,
        ScanPlanner planner,
        int helpers,
        Action<SearchCounts> count,
        CancellationToken cancellationToken)
    {
        (_segments, _query, _now, _planner, _count, _cancellationToken) = (segments, query, now, planner, count, cancellationToken);
        (_empty, _floorBits) = (matches.ForOtherScan(), BitConverter.SingleToInt32Bits(matches.Floor));
        (_next, _state, _helpers, _fault) = (0, 0, 0, null);
        if (_found.Length < helpers)
        {
            _found = new NearestMatches[helpers];
        }

        _pending = helpers;
    }

    /// <summary>Asks the thread pool for the helpers.</summary>
    public void Ask()
    {
        for (var helpers = _pending; helpers > 0; helpers--)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Scans segments until none is left.</summary>
    /// <param name="scan">The thread's own scan.</param>
    /// <param name="matches">The thread's own matches.</param>
    public void Run(PartitionScan scan, ref NearestMatches matches)
    {
        int segment;
        while (!_cancellationToken.IsCancellationRequested
            && Volatile.Read(ref _fault) is null
            && (segment = Interlocked.Increment(ref _next) - 1) < _segments.Length)
        {
            matches.RaiseFloor(Floor);
            SegmentPrefetch.Step(_segments, segment);
            scan.Scan(_segments[segment], ref matches);
            RaiseFloor(matches.Floor);
        }
    }

    /// <summary>Lets no helper begin any more and waits until those that have begun are done.</summary>
    public void Close()
    {
        var spinner = default(SpinWait);
        Interlocked.Or(ref _state, Closed);
        while (Volatile.Read(ref _state) != Closed)
        {
            // A helper is at its last segment, which takes microseconds; sleeping would take a thousand times as long.
            spinner.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>Puts the matches of the helpers to those of the search and lets go of everything; after <see cref="Close"/>.</summary>
    /// <exception cref="Exception">What a helper threw.</exception>
    public void Collect(ref NearestMatches matches)
    {
        for (var i = 0; i < _helpers; i++)
        {
            matches.OfferAll(_found[i]);
            _found[i].Dispose();
            _found[i] = default;
        }

        var fault = _fault;
        (_segments, _query, _planner, _count, _cancellationToken, _fault) = ([], null!, null!, null!, default, null);
        if (fault is not null)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (TryEnter())
        {
            try
            {
                Help();
            }
            catch (Exception exception)
            {
                // The thread that searches throws it on; an exception here would end the process.
                Interlocked.CompareExchange(ref _fault, exception, null);
            }
            finally
            {
                Interlocked.Decrement(ref _state);
            }
        }

        Interlocked.Decrement(ref _pending);
    }

    private bool TryEnter()
    {
        if ((Interlocked.Increment(ref _state) & Closed) == 0)
        {
            return true;
        }

        Interlocked.Decrement(ref _state);
        return false;
    }

    private void Help()
    {
        var place = Interlocked.Increment(ref _helpers) - 1;
        var workspace = SearchWorkspace.Current;
        _found[place] = _empty;
        try
        {
            workspace.Query.Take(_query);
            Run(new PartitionScan(workspace, workspace.Query, _now, _planner), ref _found[place]);
        }
        finally
        {
            _count(workspace.Clear());
        }
    }

    private void RaiseFloor(float floor)
    {
        // Floors may be negative, so their bits cannot be compared as numbers.
        var bits = Volatile.Read(ref _floorBits);
        while (floor > BitConverter.Int32BitsToSingle(bits))
        {
            var seen = Interlocked.CompareExchange(ref _floorBits, BitConverter.SingleToInt32Bits(floor), bits);
            if (seen == bits)
            {
                return;
            }

            bits = seen;
        }
    }
}
