namespace RagCaching.Import.Values;

/// <summary>Checks what all readers are told.</summary>
internal static class OptionRules
{
    /// <summary>Checks the options of any reader.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static void Check(AnswerReaderOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRecordLength, AnswerReaderOptions.LeastMaxRecordLength, $"options.{nameof(options.MaxRecordLength)}");
        ArgumentNullException.ThrowIfNull(options.Tags, $"options.{nameof(options.Tags)}");
        if (options.TimeToLive is { } timeToLive)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeToLive, TimeSpan.Zero, $"options.{nameof(options.TimeToLive)}");
        }
    }
}
