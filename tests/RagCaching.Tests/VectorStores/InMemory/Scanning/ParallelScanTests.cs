using RagCaching.Tests.TestDoubles;
using RagCaching.Tests.VectorStores.InMemory.Rows;
using RagCaching.VectorStores.InMemory.Capacity;
using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Rows;
using RagCaching.VectorStores.InMemory.Scanning;

namespace RagCaching.Tests.VectorStores.InMemory.Scanning;

/// <summary>Helpers are run by the tests' own threads, so that every order of events can be had.</summary>
public sealed class ParallelScanTests
{
    private const int Dimensions = 64;
    private const int Limit = 5;

    private readonly PartitionIndex _partition = TestPartitions.New();
    private readonly Random _random = new(1);
    private readonly PreparedQuery _query = new();

    public ParallelScanTests()
    {
        var capacity = new StoreCapacity(maxEntries: int.MaxValue, maxBytes: long.MaxValue, maxOwnerShare: 1);
        var row = new PreparedQuery();
        for (var i = 0; i < 12_000; i++)
        {
            // Many equal vectors, so that the order among equals matters.
            var entry = new VectorEntry
            {
                Partition = "partition",
                Id = $"{i}",
                Vector = VectorOf(_random.Next(2_000)),
                CreatedAt = DateTimeOffset.UnixEpoch,
                ExpiresAt = DateTimeOffset.UnixEpoch,
            };
            row.Take(entry.Vector.Span, UnitVector.NormOf(entry.Vector.Span, nameof(entry)));
            Assert.Equal(WriteStatus.Done, _partition.TryUpsert(entry, row.Unit, deadline: long.MaxValue, capacity));
        }
    }

    [Theory]
    [InlineData(float.NegativeInfinity)]
    [InlineData(-0.3f)]
    [InlineData(0.3f)]
    public void Run_WithHelpers_FindsWhatOneThreadFinds(float minimum)
    {
        var shared = new ParallelScan();
        for (var round = 0; round < 20; round++)
        {
            Take(VectorOf(_random.Next(3_000)));
            var expected = Alone(minimum);

            Assert.Equal(expected, Together(shared, minimum, helpers: 3));
            Assert.True(shared.IsFree);
        }
    }

    [Fact]
    public void Execute_BeforeTheSearchBegins_DoesAllTheWork()
    {
        Take(VectorOf(5));
        var matches = new NearestMatches(Limit, float.NegativeInfinity);
        var counts = default(SearchCounts);
        var shared = new ParallelScan();
        Begin(shared, matches, helpers: 1, helped => counts = helped);

        Execute(shared);
        shared.Run(Scan(new SearchWorkspace()), ref matches);
        shared.Close();
        shared.Collect(ref matches);

        Assert.Equal(Alone(float.NegativeInfinity), Described(ref matches));
        Assert.Equal(12_000, counts.Rows);
    }

    [Fact]
    public void Execute_AfterTheSearch_DoesNothing()
    {
        Take(VectorOf(5));
        var matches = new NearestMatches(Limit, float.NegativeInfinity);
        var shared = new ParallelScan();
        Begin(shared, matches, helpers: 1, _ => Assert.Fail("The helper came too late."));

        shared.Run(Scan(new SearchWorkspace()), ref matches);
        shared.Close();
        shared.Collect(ref matches);
        Assert.False(shared.IsFree);
        Execute(shared);

        Assert.True(shared.IsFree);
        Assert.Equal(Alone(float.NegativeInfinity), Described(ref matches));
    }

    [Fact]
    public void Collect_HelperFailed_Throws()
    {
        Take(VectorOf(5));
        var matches = new NearestMatches(Limit, float.NegativeInfinity);
        var shared = new ParallelScan();
        Begin(shared, matches, helpers: 1, _ => throw new InvalidOperationException("broken"));

        Execute(shared);
        shared.Run(Scan(new SearchWorkspace()), ref matches);
        shared.Close();

        Assert.Equal("broken", Assert.Throws<InvalidOperationException>(() => shared.Collect(ref matches)).Message);
        Assert.True(shared.IsFree);
    }

    [Fact]
    public void Run_Cancelled_ScansNothing()
    {
        Take(VectorOf(5));
        var matches = new NearestMatches(Limit, float.NegativeInfinity);
        var shared = new ParallelScan();
        shared.Begin(_partition.Segments, _query, matches, now: 0, _partition.Planner, helpers: 0, _ => { }, new CancellationToken(canceled: true));

        shared.Run(Scan(new SearchWorkspace()), ref matches);
        shared.Close();
        shared.Collect(ref matches);

        Assert.Empty(Described(ref matches));
    }

    private static void Execute(ParallelScan shared) => ((IThreadPoolWorkItem)shared).Execute();

    private static (string Id, int Bits)[] Described(ref NearestMatches matches)
    {
        var described = new List<(string, int)>();
        foreach (var (similarity, entry) in matches.Sort())
        {
            described.Add((entry.Id, BitConverter.SingleToInt32Bits(similarity)));
        }

        matches.Dispose();
        return [.. described];
    }

    private static float[] VectorOf(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Dimensions).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    private void Take(float[] vector)
    {
        _query.Clear();
        _query.Take(vector, UnitVector.NormOf(vector, nameof(vector)));
    }

    private PartitionScan Scan(SearchWorkspace workspace) => new(workspace, _query, now: 0, _partition.Planner);

    private void Begin(ParallelScan shared, in NearestMatches matches, int helpers, Action<SearchCounts> count) =>
        shared.Begin(_partition.Segments, _query, matches, now: 0, _partition.Planner, helpers, count, CancellationToken.None);

    private (string Id, int Bits)[] Alone(float minimum)
    {
        var matches = new NearestMatches(Limit, minimum);
        foreach (var segment in _partition.Segments)
        {
            Scan(new SearchWorkspace()).Scan(segment, ref matches);
        }

        return Described(ref matches);
    }

    private (string Id, int Bits)[] Together(ParallelScan shared, float minimum, int helpers)
    {
        var result = Array.Empty<(string, int)>();
        var first = new NearestMatches(Limit, minimum);
        Begin(shared, first, helpers, _ => { });
        Threads.Run(helpers + 1, thread =>
        {
            if (thread > 0)
            {
                Execute(shared);
                return;
            }

            var matches = first;
            shared.Run(Scan(SearchWorkspace.Current), ref matches);
            shared.Close();
            shared.Collect(ref matches);
            result = Described(ref matches);
        });
        return result;
    }
}
