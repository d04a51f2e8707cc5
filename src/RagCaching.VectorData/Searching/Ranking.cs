using RagCaching.VectorData.Records;
using RagCaching.VectorStores.InMemory.Kernels;

namespace RagCaching.VectorData.Searching;

/// <summary>Ranks entries by the similarity that this library computes. For one search; not thread-safe.</summary>
/// <remarks>Of an entry it keeps what the query asks for and nothing else, since many more are ranked than are returned.</remarks>
internal sealed class Ranking
{
    // Far more than rounding moves a similarity, far less than lies between different ones.
    private const float Closeness = 1e-5f;

    private readonly VectorQuery _wanted;
    private readonly float _minimum;
    private readonly float[] _query;
    private readonly float[] _row;
    private readonly List<(VectorMatch Match, long Added)> _ranked = [];

    /// <summary>Starts a ranking.</summary>
    /// <param name="query">The query. Its vector is copied.</param>
    /// <param name="norm">The norm of its vector.</param>
    public Ranking(VectorQuery query, double norm)
    {
        // The cosine of opposite vectors may round to just below -1, and -1 means no limit.
        (_wanted, _minimum) = (query, query.MinimumSimilarity <= -1 ? float.NegativeInfinity : query.MinimumSimilarity);
        _query = new float[DotKernel.PaddedLength(query.Vector.Length)];
        _row = new float[_query.Length];
        UnitVector.Write(query.Vector.Span, norm, _query);
    }

    /// <summary>Gets the similarity of the last one that was added.</summary>
    public float Last { get; private set; } = float.PositiveInfinity;

    /// <summary>Gets the query at unit norm.</summary>
    public ReadOnlyMemory<float> Unit => _query.AsMemory(0, _wanted.Vector.Length);

    /// <summary>Adds an entry with its vector.</summary>
    public void Add(StoredRecord record)
    {
        record.Entry.Vector.Span.CopyTo(_row);
        Last = DotKernel.Dot(_query, _row);
        if (Last < _minimum)
        {
            return;
        }

        _ranked.Add((new VectorMatch(record.ToEntry(_wanted.IncludeVector, _wanted.IncludePayload), Last), record.Added));

        // What cannot be among the best any more is not kept, however many are added.
        if (_ranked.Count >= 2L * _wanted.Limit + 1_024)
        {
            Sort();
        }
    }

    /// <summary>Forgets all that was added.</summary>
    public void Clear()
    {
        _ranked.Clear();
        Last = float.PositiveInfinity;
    }

    /// <summary>Tells whether entries that the database ranked after the worst of its candidates could still be among the best.</summary>
    /// <param name="worst">The similarity of the worst candidate.</param>
    public bool MayGoOn(float worst)
    {
        Sort();
        return worst >= _minimum && (_ranked.Count < _wanted.Limit || worst >= _ranked[^1].Match.Similarity - Closeness);
    }

    /// <summary>Gets the best, best first; equal ones in the order in which they were first added.</summary>
    public IReadOnlyList<VectorMatch> Best()
    {
        Sort();
        return _ranked.ConvertAll(static ranked => ranked.Match);
    }

    private void Sort()
    {
        _ranked.Sort(static (x, y) => y.Match.Similarity.CompareTo(x.Match.Similarity) is not 0 and var order ? order : x.Added.CompareTo(y.Added));
        if (_ranked.Count > _wanted.Limit)
        {
            _ranked.RemoveRange(_wanted.Limit, _ranked.Count - _wanted.Limit);
        }
    }
}
