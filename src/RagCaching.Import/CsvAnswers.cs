using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using CsvHelper.Configuration;
using RagCaching.Import.Csv;
using RagCaching.Import.Values;

namespace RagCaching;

/// <summary>Reads questions and answers from a file of separated values, for <see cref="ISemanticCacheTransfer.ImportAnswersAsync"/>.</summary>
/// <remarks>
/// One row is in memory at a time. A row that cannot be taken is yielded as <see cref="ImportedAnswer.Faulty"/>, which the import reports with its line. A row that is too long ends the reading: where it ends, a
/// quotation mark that is never closed does not say. Thread-safe; the streams are not.
/// </remarks>
public static class CsvAnswers
{
    /// <summary>Reads a stream.</summary>
    /// <param name="source">The file. It is read once, from where it is, and stays open.</param>
    /// <param name="options">How to read; <see langword="null"/> for the defaults.</param>
    /// <returns>The answers in the order of the rows.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the stream cannot be read.</exception>
    /// <exception cref="InvalidDataException">While it is enumerated: a column is missing. No answer was yielded.</exception>
    public static IAsyncEnumerable<ImportedAnswer> ReadAsync(Stream source, CsvAnswerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.CanRead)
        {
            throw new ArgumentException("The stream cannot be read.", nameof(source));
        }

        var settings = Checked(options);
        return ReadStreamAsync(source, settings);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="source">The text. It is read once, from where it is, and stays open.</param>
    /// <param name="options">How to read; <see langword="null"/> for the defaults.</param>
    /// <returns>The answers in the order of the rows.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="InvalidDataException">While it is enumerated: a column is missing. No answer was yielded.</exception>
    public static IAsyncEnumerable<ImportedAnswer> ReadTextAsync(TextReader source, CsvAnswerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ReadRowsAsync(source, Checked(options));
    }

    private static async IAsyncEnumerable<ImportedAnswer> ReadStreamAsync(Stream source, CsvAnswerOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var reader = new StreamReader(source, options.Encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        await foreach (var answer in ReadRowsAsync(reader, options, cancellationToken).ConfigureAwait(false))
        {
            yield return answer;
        }
    }

    private static CsvConfiguration ConfigurationOf(CsvAnswerOptions options, BadDataFound found) => new(CultureInfo.InvariantCulture)
    {
        Delimiter = options.Delimiter.ToString(),
        BadDataFound = found,
        CacheFields = false,
        IgnoreBlankLines = false,
        WhiteSpaceChars = [],
    };

    private static async IAsyncEnumerable<ImportedAnswer> ReadRowsAsync(TextReader source, CsvAnswerOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var isBad = false;
        using var bounded = new RecordReader(source, options.MaxRecordLength);
        using var parser = new CsvParser(bounded, ConfigurationOf(options, _ => isBad = true), leaveOpen: true);
        CsvRow? rows = null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bounded.NextRecord();
            isBad = false;
            var line = (long)parser.RawRow + 1;
            bool? isRow;
            try
            {
                isRow = await parser.ReadAsync().ConfigureAwait(false);
            }
            catch (RecordTooLongException)
            {
                isRow = null;
            }

            if (isRow is false)
            {
                break;
            }

            if (isRow is null)
            {
                yield return AnswerMaker.TooLong(line, "row", options.MaxRecordLength);
                yield break;
            }

            if (CsvFields.IsBlank(parser))
            {
                continue;
            }

            // Before a field is looked at: there may be a million of them.
            if (rows?.FaultOf(line, parser.Count) is { } fault)
            {
                yield return fault;
                continue;
            }

            var fields = CsvFields.Read(parser, () => isBad);
            if (rows is null)
            {
                rows = new CsvRow(options, CsvColumns.Find(options, fields));
                if (options.HasHeader)
                {
                    continue;
                }
            }

            yield return isBad ? AnswerMaker.Faulty(line, "row", "A quotation mark stands where none may, or is not closed.") : rows.Read(line, fields);
        }

        if (rows is null && options.HasHeader)
        {
            throw new InvalidDataException("line 1, header: The file is empty.");
        }
    }

    private static CsvAnswerOptions Checked(CsvAnswerOptions? options)
    {
        var settings = options ?? new CsvAnswerOptions();
        OptionRules.Check(settings);
        ArgumentNullException.ThrowIfNull(settings.Encoding, $"{nameof(options)}.{nameof(settings.Encoding)}");
        return settings.Delimiter is not ('"' or '\r' or '\n' or '\0')
            ? settings
            : throw new ArgumentException($"The delimiter must be neither a quotation mark nor the end of a line, and is U+{(int)settings.Delimiter:X4}.", $"{nameof(options)}.{nameof(settings.Delimiter)}");
    }
}
