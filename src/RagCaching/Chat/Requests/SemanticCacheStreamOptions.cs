namespace RagCaching;

/// <summary>Settings for answers that are streamed.</summary>
public sealed class SemanticCacheStreamOptions
{
    /// <summary>Gets or sets the pause between the pieces of a stored answer that is streamed.</summary>
    /// <value>Zero (the default) to one minute. A hit that comes all at once is easily told from a new answer, by users and by whoever watches the line.</value>
    public TimeSpan ReplayInterval { get; set; }

    /// <summary>Gets or sets for how long a stream is read on when its reader has gone, so that the answer is kept.</summary>
    /// <value>
    /// Positive, at most one hour; default <see langword="null"/>: the model is stopped, if nobody else reads. Set it only where the inner client outlives requests. At most
    /// 1,048,576 UTF-16 code units are read on.
    /// </value>
    public TimeSpan? AbandonedTimeout { get; set; }

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal SemanticCacheStreamOptions Copy() => (SemanticCacheStreamOptions)MemberwiseClone();
}
