namespace RagCaching.AspNetCore.Requests;

// The properties can be set, because defaults of those that can only be initialised are lost where the serializer is generated.

/// <summary>Asks what would happen to a question.</summary>
internal sealed class ExplainBody
{
    public string? Question { get; set; }

    public string? Partition { get; set; }
}

/// <summary>Says whether a decision, or a served answer, was right.</summary>
internal sealed class ReportBody
{
    public long? Decision { get; set; }

    public string? EntryId { get; set; }

    public string? Question { get; set; }

    public bool? Correct { get; set; }
}

/// <summary>Removes one answer.</summary>
internal sealed class RemoveBody
{
    public string? EntryId { get; set; }
}

/// <summary>Selects answers.</summary>
internal class FilterBody
{
    public string? Tag { get; set; }

    public string? SourceId { get; set; }

    public string? ModelId { get; set; }

    public string? CreatedBy { get; set; }

    public DateTimeOffset? CreatedBefore { get; set; }
}

/// <summary>Removes the answers that a filter selects.</summary>
internal sealed class InvalidateBody : FilterBody
{
    /// <summary>Gets or sets a value indicating whether all answers of the scope are meant.</summary>
    public bool Everything { get; set; }

    /// <summary>Gets or sets a value indicating whether answers are only counted.</summary>
    public bool DryRun { get; set; } = true;
}

/// <summary>Stores an answer that a person wrote, or approves or edits one that is stored.</summary>
internal sealed class CurateBody
{
    public string? EntryId { get; set; }

    public string? Question { get; set; }

    public string? Answer { get; set; }

    public string? Partition { get; set; }

    public string[]? Tags { get; set; }
}
