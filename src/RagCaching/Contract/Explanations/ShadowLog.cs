using System.Globalization;

namespace RagCaching;

/// <summary>Holds the newest decisions that a cache made in shadow mode.</summary>
/// <remarks><c>AddRagCaching</c> registers it. It holds up to 10,000 records in this process. Thread-safe.</remarks>
public sealed class ShadowLog
{
    private const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<ShadowRecord> _records = new();

    /// <summary>Copies the records, oldest first.</summary>
    /// <returns>A snapshot of the records.</returns>
    public IReadOnlyList<ShadowRecord> Read()
    {
        lock (_lock)
        {
            return [.. _records];
        }
    }

    /// <summary>Removes all records.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _records.Clear();
        }
    }

    /// <summary>Writes the labelled similarities as CSV: <c>question,candidate,label,similarity</c>. Label 1 means the same answer, 0 a different one.</summary>
    /// <param name="writer">Receives a header, and one line for each record whose comparison is known. Texts are empty unless they were recorded.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is <see langword="null"/>.</exception>
    /// <remarks>Matches that a guard, a verifier or a report refused are left out, because no threshold would have served them.</remarks>
    public void WriteCsv(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);

        writer.Write("question,candidate,label,similarity\n");
        foreach (var record in Read().Where(IsAboutTheThreshold))
        {
            var label = record.Comparison == AnswerComparison.Same ? 1 : 0;
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{Quote(record.Question)},{Quote(record.Candidate)},{label},{record.Similarity:R}\n"));
        }
    }

    internal static bool IsAboutTheThreshold(ShadowRecord record) =>
        record.Comparison != AnswerComparison.Unknown && record.Verdict is SemanticCacheReason.Shadow or SemanticCacheReason.BelowThreshold or SemanticCacheReason.Policy;

    internal void Add(ShadowRecord record)
    {
        lock (_lock)
        {
            if (_records.Count == Capacity)
            {
                _records.Dequeue();
            }

            _records.Enqueue(record);
        }
    }

    private static string Quote(string? text) => text is null ? "" : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
