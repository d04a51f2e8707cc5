namespace RagCaching.Quality.Streams;

/// <summary>What came of one stream of questions under one policy.</summary>
/// <param name="Requests">Questions asked, without exact repeats.</param>
/// <param name="Served">How many were served by meaning.</param>
/// <param name="Wrong">How many of those got a wrong answer.</param>
/// <param name="Audits">How many would-be hits were answered anew to check them.</param>
/// <param name="Comparisons">How many comparisons of answers were asked for.</param>
/// <param name="Trips">How often the breaker stopped serving.</param>
/// <param name="ErrorRateUpper">The reported upper bound at the end; 1 where there is none.</param>
/// <param name="Refused">How many candidates the guard refused.</param>
/// <param name="RefusedWrong">How many of those had a wrong answer, so that refusing them was right.</param>
internal sealed record StreamResult(
    int Requests, int Served, int Wrong, long Audits = 0, long Comparisons = 0, long Trips = 0, double ErrorRateUpper = 1, long Refused = 0, long RefusedWrong = 0)
{
    /// <summary>How many requests lie between two values of <see cref="ServedBy"/>.</summary>
    public const int Step = 250;

    /// <summary>Gets how many questions were asked, exact repeats included; <see cref="Requests"/> where nobody counted them.</summary>
    public int Asked { get; init; } = Requests;

    /// <summary>Gets the number of the request that was the first to be served by meaning, counted from 1 and without exact repeats; <see langword="null"/> where none was.</summary>
    public int? FirstHit { get; init; }

    /// <summary>Gets how many requests had been served by meaning after each <see cref="Step"/> of them, exact repeats not counted.</summary>
    public IReadOnlyList<int> ServedBy { get; init; } = [];

    /// <summary>Gets the share of all questions, exact repeats included, for which the model was called.</summary>
    public double CallRate => Asked == 0 ? 0 : (double)(Requests - Served) / Asked;

    public double HitRate => Requests == 0 ? 0 : (double)Served / Requests;

    /// <summary>Gets wrong over served; 0 where nothing was served.</summary>
    public double ErrorRate => Served == 0 ? 0 : (double)Wrong / Served;
}
