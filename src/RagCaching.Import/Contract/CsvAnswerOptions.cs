using System.Text;

namespace RagCaching;

/// <summary>How questions and answers are read from a file of separated values (RFC 4180).</summary>
/// <remarks>A column is its name in the header, whatever its letters' case, or its number from 1.</remarks>
public sealed class CsvAnswerOptions : AnswerReaderOptions
{
    /// <summary>Gets the column of the question.</summary>
    /// <value>Default <c>question</c>, or the first column where there is no header.</value>
    public string? QuestionColumn { get; init; }

    /// <summary>Gets the column of the answer.</summary>
    /// <value>Default <c>answer</c>, or the second column where there is no header.</value>
    public string? AnswerColumn { get; init; }

    /// <summary>Gets the column of further tags, separated by <see cref="Separator"/>.</summary>
    /// <value>Default <see langword="null"/>: there is none.</value>
    public string? TagsColumn { get; init; }

    /// <summary>Gets the column of the scope: its parts, separated by <see cref="Separator"/>. A blank one is a fault.</summary>
    /// <value>Default <see langword="null"/>: there is none.</value>
    public string? ScopeColumn { get; init; }

    /// <summary>Gets the column of the partition. A blank one is none.</summary>
    /// <value>Default <see langword="null"/>: there is no column.</value>
    public string? PartitionColumn { get; init; }

    /// <summary>Gets the column that says how long an answer is valid: whole seconds, or <c>[d.]hh:mm:ss</c>. A blank one says nothing.</summary>
    /// <value>Default <see langword="null"/>: there is none.</value>
    public string? TimeToLiveColumn { get; init; }

    /// <summary>Gets a value indicating whether the first row names the columns.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool HasHeader { get; init; } = true;

    /// <summary>Gets what separates the fields of a row.</summary>
    /// <value>Neither a quotation mark nor the end of a line. Default a comma.</value>
    public char Delimiter { get; init; } = ',';

    /// <summary>Gets what separates tags, and the parts of a scope.</summary>
    /// <value>Default a vertical bar.</value>
    public char Separator { get; init; } = '|';

    /// <summary>Gets the encoding of a stream that has no byte order mark.</summary>
    /// <value>Default UTF-8.</value>
    public Encoding Encoding { get; init; } = Encoding.UTF8;
}
