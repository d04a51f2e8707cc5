namespace RagCaching.Quality.Baselines;

/// <summary>A stored answer as vCache sees it: with observations and a curve of its own.</summary>
internal sealed class VCacheEntry(int answer)
{
    // Four of its own besides the two that every entry starts with.
    private const int LeastObservations = 6;
    private const int MostObservations = 66;

    private readonly List<(double Similarity, bool IsRight)> _observations = [(0, false), (1, true)];
    private VCacheCurve? _curve;

    public int Answer => answer;

    /// <summary>Gets the curve; <see langword="null"/> while too little is known.</summary>
    public VCacheCurve? Curve => _observations.Count < LeastObservations ? null : _curve ??= VCacheCurve.Fit(_observations);

    public void Observe(double similarity, bool isRight)
    {
        if (_observations.Count == MostObservations)
        {
            // The two it started with stay.
            _observations.RemoveAt(2);
        }

        _observations.Add((Math.Round(similarity, 3), isRight));
        _curve = null;
    }
}
