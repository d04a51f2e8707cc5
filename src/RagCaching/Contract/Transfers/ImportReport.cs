namespace RagCaching;

/// <summary>What came of an import.</summary>
public sealed class ImportReport
{
    /// <summary>How many faults are kept one by one.</summary>
    public const int MostFaults = 100;

    /// <summary>Gets the number of answers that were stored.</summary>
    public required long Stored { get; init; }

    /// <summary>Gets the number of answers that were left out because they have expired.</summary>
    public required long Expired { get; init; }

    /// <summary>Gets the number of answers that were left out because there is one already that stays.</summary>
    public required long Kept { get; init; }

    /// <summary>Gets the number of lines, or answers, that could not be stored.</summary>
    public required long Faulty { get; init; }

    /// <summary>Gets the first <see cref="MostFaults"/> of them.</summary>
    public required IReadOnlyList<ImportFault> Faults { get; init; }

    /// <summary>Says it in one line, without texts of questions and answers.</summary>
    public override string ToString() => $"{Stored} stored, {Expired} expired, {Kept} kept, {Faulty} faulty";
}
