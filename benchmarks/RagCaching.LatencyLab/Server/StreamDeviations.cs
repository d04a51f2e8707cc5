namespace RagCaching.LatencyLab.Server;

/// <summary>How streams of <c>/v1/responses</c> differ from what they should be, to see what becomes of them in a client. Set between requests.</summary>
internal sealed class StreamDeviations
{
    /// <summary>Gets or sets a value indicating whether events of a type that no client knows are sent, too.</summary>
    public bool SendsUnknownEvents { get; set; }

    /// <summary>Gets or sets after how many events a stream ends.</summary>
    /// <value><see langword="null"/> for its own end.</value>
    public int? EndsAfter { get; set; }

    /// <summary>Gets or sets a value indicating whether a stream that ends early breaks the connection, instead of ending it as if all were said.</summary>
    public bool BreaksConnection { get; set; }
}
