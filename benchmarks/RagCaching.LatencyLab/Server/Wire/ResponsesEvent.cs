namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>One event of a streamed answer; which of its members are set depends on its type.</summary>
internal sealed record ResponsesEvent(string Type, int SequenceNumber)
{
    /// <summary>Gets the answer as far as it has come.</summary>
    public ResponsesAnswer? Response { get; init; }

    /// <summary>Gets the message that was begun or ended.</summary>
    public ResponsesMessage? Item { get; init; }

    /// <summary>Gets the id of the message that the event is about.</summary>
    public string? ItemId { get; init; }

    public int? OutputIndex { get; init; }

    public int? ContentIndex { get; init; }

    /// <summary>Gets the next piece of the text.</summary>
    public string? Delta { get; init; }

    /// <summary>Gets the text, when it is whole.</summary>
    public string? Text { get; init; }
}
