using RagCaching.VectorStores.InMemory.Kernels;

namespace RagCaching.Tests.VectorStores.InMemory.Pruning;

/// <summary>A mixture of everything that could deceive a bound: clusters, vectors of another kind, noise, duplicates and near-duplicates.</summary>
internal sealed class AdversarialData
{
    private static readonly double[] Cosines = [0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.9999];

    private readonly VectorSource _source;
    private readonly VectorSource _other;
    private readonly VectorSource _noise;
    private readonly Dictionary<int, int> _order = [];
    private int _nextOrder;

    public AdversarialData(int dimensions, int entries, int seed)
    {
        _source = new VectorSource(dimensions, seed);
        _other = new VectorSource(dimensions, seed + 1_000, decay: 1);
        _noise = new VectorSource(dimensions, seed + 2_000, decay: 0);
        _nextOrder = entries;
        var random = new Random(seed);
        for (var i = 0; i < entries; i++)
        {
            Vectors.Add(i == 0 ? _source.Next() : NextQuery(random));
        }
    }

    /// <summary>The vectors by id; <see langword="null"/> where one was removed.</summary>
    public List<float[]?> Vectors { get; } = [];

    /// <summary>Writes an entry again: one that was there keeps its place among equals, one that was not comes last.</summary>
    public void Write(int id, float[] vector)
    {
        if (Vectors[id] is null)
        {
            _order[id] = _nextOrder++;
        }

        Vectors[id] = vector;
    }

    public float[] NextQuery(Random random)
    {
        var known = Vectors.Count == 0 ? null : Vectors[random.Next(Vectors.Count)];
        return random.Next(8) switch
        {
            0 => _other.Next(),
            1 => _noise.Next(),
            2 when known is not null => [.. known],
            3 or 4 when known is not null => _source.Near(known, Cosines[random.Next(Cosines.Length)] + ((random.NextDouble() - 0.5) * 4e-7)),
            _ => _source.Next(),
        };
    }

    /// <summary>Compares with every vector by the kernel that defines similarity, best first, equal ones by the order of adding.</summary>
    public List<(string Id, float Similarity)> Scores(float[] query)
    {
        var unit = Unit(query);
        return [.. Vectors
            .Select((vector, id) => (vector, id))
            .Where(pair => pair.vector is not null)
            .Select(pair => (pair.id, Similarity: DotKernel.Dot(unit, Unit(pair.vector!))))
            .OrderByDescending(pair => pair.Similarity)
            .ThenBy(pair => _order.GetValueOrDefault(pair.id, pair.id))
            .Select(pair => ($"{pair.id}", pair.Similarity))];
    }

    /// <summary>Brings a vector to unit norm and pads it, as the store does.</summary>
    public static float[] Unit(float[] vector)
    {
        var unit = new float[DotKernel.PaddedLength(vector.Length)];
        UnitVector.Write(vector, UnitVector.NormOf(vector, nameof(vector)), unit);
        return unit;
    }
}
