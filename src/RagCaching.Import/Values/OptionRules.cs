namespace RagCaching.Import.Values;

/// <summary>Checks what all readers are told.</summary>
internal static class OptionRules
{
    /// <summary>Checks the options of any reader.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static void Check(AnswerReaderOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRecordLength, AnswerReaderOptions.LeastMaxRecordLength, $"options.{nameof(options.MaxRecordLength)}");
        CheckList(options.Tags, $"options.{nameof(options.Tags)}");
        if (options.TimeToLive is { } timeToLive)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeToLive, TimeSpan.Zero, $"options.{nameof(options.TimeToLive)}");
        }
    }

    /// <summary>Checks a list of names.</summary>
    /// <exception cref="ArgumentException">It is null, or one of its items is null or blank.</exception>
    public static void CheckList(IReadOnlyList<string> items, string name)
    {
        ArgumentNullException.ThrowIfNull(items, name);
        for (var i = 0; i < items.Count; i++)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(items[i], $"{name}[{i}]");
        }
    }
}
