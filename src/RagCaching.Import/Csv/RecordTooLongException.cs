namespace RagCaching.Import.Csv;

/// <summary>A record is longer than it may be.</summary>
internal sealed class RecordTooLongException : IOException;
