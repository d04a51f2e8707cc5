using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;

namespace RagCaching.Benchmarks.VectorStores;

/// <summary>Finds the nearest of many vectors: the store against the two loops that one would write by hand.</summary>
/// <remarks>
/// All three are exact, so there is no recall to report; <see cref="Verify"/> checks that they agree. The vectors are uniformly random, which no
/// search can exploit; <see cref="SearchRatios"/> measures vectors like those of real models. The
/// baseline is the strongest loop: vectors of unit norm side by side in one array, with the dot product of System.Numerics.Tensors.
/// </remarks>
[MemoryDiagnoser]
[MinColumn]
[MedianColumn]
public class InMemoryVectorStoreSearchBenchmarks : IDisposable
{
    private const string Partition = "benchmark";
    private const float Tolerance = 1e-5f;

    private readonly List<float[]> _vectors = [];
    private float[] _rows = [];
    private float[] _query = [];
    private VectorQuery _miss = null!;
    private InMemoryVectorStore _store = null!;

    [Params(1_000, 100_000)]
    public int Entries { get; set; }

    [Params(768)]
    public int Dimensions { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        var random = new Random(42);
        var time = TimeProvider.System.GetUtcNow();
        _store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = Entries });
        _rows = new float[Entries * Dimensions];
        for (var i = 0; i < Entries; i++)
        {
            var vector = UnitVector(random);
            _vectors.Add(vector);
            vector.CopyTo(_rows, i * Dimensions);
            await _store.UpsertAsync(new VectorEntry { Partition = Partition, Id = $"{i}", Vector = vector, CreatedAt = time, ExpiresAt = time.AddDays(1) });
        }

        _query = UnitVector(random);
        _miss = new VectorQuery { Partition = Partition, Vector = _query, MinimumSimilarity = 0.95f };
        await Verify();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public float TensorPrimitivesDotContiguous()
    {
        var best = float.NegativeInfinity;
        for (var start = 0; start < _rows.Length; start += Dimensions)
        {
            best = Math.Max(best, TensorPrimitives.Dot(_query, _rows.AsSpan(start, Dimensions)));
        }

        return best;
    }

    [Benchmark]
    public float TensorPrimitivesCosineList()
    {
        var best = float.NegativeInfinity;
        foreach (var vector in _vectors)
        {
            best = Math.Max(best, TensorPrimitives.CosineSimilarity(_query, vector));
        }

        return best;
    }

    [Benchmark]
    public async Task<int> SearchMiss() => (await _store.SearchAsync(_miss)).Count;

    [Benchmark]
    public async Task<float> SearchNearest() => (await _store.SearchAsync(new VectorQuery { Partition = Partition, Vector = _query }))[0].Similarity;

    private async Task Verify()
    {
        var nearest = await SearchNearest();
        if (Math.Abs(nearest - TensorPrimitivesDotContiguous()) > Tolerance || Math.Abs(nearest - TensorPrimitivesCosineList()) > Tolerance)
        {
            throw new InvalidOperationException("The three ways do not agree on the nearest vector.");
        }
    }

    private float[] UnitVector(Random random)
    {
        var vector = new float[Dimensions];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = (random.NextSingle() * 2) - 1;
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }
}
