namespace RagCaching.Semantic.Transfers;

/// <summary>Counts what comes of an import. Not thread-safe.</summary>
internal sealed class ImportTally(ImportOptions options, IProgress<long>? progress)
{
    private const int LongestValue = 40;

    private readonly List<ImportFault> _faults = [];
    private long _stored;
    private long _expired;
    private long _kept;
    private long _faulty;

    /// <summary>Gets a value indicating whether no more is read.</summary>
    public bool HasEnded => options.StopAtFirstFault && _faulty > 0;

    public void Stored()
    {
        if (++_stored % TransferSteps.Answers == 0)
        {
            progress?.Report(_stored);
        }
    }

    public void Expired() => _expired++;

    public void Kept() => _kept++;

    public void Failed(long line, string field, string problem)
    {
        if (++_faulty <= ImportReport.MostFaults)
        {
            _faults.Add(new ImportFault(line, field, problem));
        }
    }

    public ImportReport End()
    {
        progress?.Report(_stored);
        return new ImportReport { Stored = _stored, Expired = _expired, Kept = _kept, Faulty = _faulty, Faults = _faults };
    }

    /// <summary>Shows a value in a message.</summary>
    public static string Shown(string value) => Shown(value, value.Length, "characters");

    /// <summary>Shows a value in a message, of which only the beginning is known.</summary>
    /// <param name="beginning">Its first characters, more than are shown if there are more.</param>
    /// <param name="length">How long all of it is.</param>
    /// <param name="unit">What is counted.</param>
    public static string Shown(string beginning, int length, string unit)
    {
        if (beginning.Length <= LongestValue)
        {
            return $"'{beginning}'";
        }

        // Half a surrogate pair is no text.
        var end = char.IsHighSurrogate(beginning[LongestValue - 1]) ? LongestValue - 1 : LongestValue;
        return $"'{beginning[..end]}...' ({length} {unit})";
    }
}
