namespace RagCaching;

/// <summary>Settings for making later turns of a conversation understandable by themselves.</summary>
public sealed class QuestionRewritingOptions
{
    internal static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets what rewrites a later turn.</summary>
    /// <value>
    /// Default <see langword="null"/>: the <see cref="IQuestionRewriter"/> among the host's services, if there is one; without any, conversations with earlier turns are
    /// matched character by character. With one, such a turn is matched by meaning as what it was rewritten to, and may be served an answer from another conversation of
    /// the same scope. Only user and assistant messages are replaced by the rewriting, from the first question that was answered on; everything else must still be equal.
    /// </value>
    public IQuestionRewriter? Rewriter { get; set; }

    /// <summary>Gets or sets how long rewriting may take before the turn is matched as it is.</summary>
    /// <value>Positive, at most one hour; default 2 seconds.</value>
    public TimeSpan Timeout { get; set; } = DefaultTimeout;

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal QuestionRewritingOptions Copy() => (QuestionRewritingOptions)MemberwiseClone();
}
