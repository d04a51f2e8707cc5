namespace RagCaching;

/// <summary>Rules for how long the answers of a <see cref="SemanticCache"/> stay valid.</summary>
/// <remarks>
/// Everything is off by default; <see cref="UsePresets"/> switches on what suits most hosts. Where several rules apply, the shortest time holds, and none makes a time longer that was set for a question or an answer. An
/// <see cref="IAnswerLifetime"/> has the last word. See <c>docs/lifetimes.md</c>.
/// </remarks>
public sealed class LifetimeOptions
{
    internal const double DefaultJitter = 0.1;
    internal static readonly TimeSpan DefaultVolatileTimeToLive = TimeSpan.FromMinutes(5);
    internal static readonly TimeSpan DefaultNothingFoundTimeToLive = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets what is done with questions whose answers change often.</summary>
    /// <value>
    /// Default <see cref="VolatileQuestionBehavior.Ignore"/>. They are recognised by words in English, Chinese, Hindi, Spanish, Arabic, French, Bengali, Portuguese, Russian, Indonesian, German and Japanese. Questions about now bypass
    /// the cache before that, unless <see cref="FreshnessOptions.Behavior"/> says otherwise.
    /// </value>
    public VolatileQuestionBehavior VolatileQuestions { get; set; }

    /// <summary>Gets or sets how long answers to such questions are kept.</summary>
    /// <value>Positive, at most 3,650 days; default 5 minutes.</value>
    public TimeSpan VolatileTimeToLive { get; set; } = DefaultVolatileTimeToLive;

    /// <summary>Gets or sets how long an answer is kept that declines to answer or merely apologises.</summary>
    /// <value>At most 3,650 days; <see cref="TimeSpan.Zero"/> not to store it; default <see langword="null"/>: as long as any other.</value>
    public TimeSpan? RefusalTimeToLive { get; set; }

    /// <summary>Gets or sets how long an answer is kept that says that nothing was found.</summary>
    /// <value>At most 3,650 days; <see cref="TimeSpan.Zero"/> not to store it; default <see langword="null"/>: as long as any other.</value>
    public TimeSpan? NothingFoundTimeToLive { get; set; }

    /// <summary>Gets how long answers with a tag are kept.</summary>
    /// <value>Starts empty. Each time is positive and at most 3,650 days.</value>
    public IDictionary<string, TimeSpan> ByTag { get; private set; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>Gets how long answers are kept for which a tool was called.</summary>
    /// <value>Names of tools, each with a time that is positive and at most 3,650 days. Starts empty.</value>
    public IDictionary<string, TimeSpan> ByTool { get; private set; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>Gets how long answers are kept to questions that contain a phrase.</summary>
    /// <value>Phrases, none of them blank, each with a time that is positive and at most 3,650 days. Starts empty. Case makes no difference. Words of scripts that put blanks between words match whole words only.</value>
    public IDictionary<string, TimeSpan> ByPhrase { get; private set; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>Gets or sets by what share of their time answers are forgotten sooner, so that what was stored together does not expire together.</summary>
    /// <value>In [0, 0.5]; default 0; 0.1 with <see cref="UsePresets"/>. The deviation is derived from the question: each has one between none and this share, and the same one every time.</value>
    public double Jitter { get; set; }

    /// <summary>Switches on what suits most hosts: volatile questions for 5 minutes, refusals not stored, "nothing found" for 5 minutes, and a jitter of 10 %.</summary>
    /// <returns>The options.</returns>
    public LifetimeOptions UsePresets()
    {
        VolatileQuestions = VolatileQuestionBehavior.ShortTimeToLive;
        RefusalTimeToLive = TimeSpan.Zero;
        NothingFoundTimeToLive = DefaultNothingFoundTimeToLive;
        Jitter = DefaultJitter;
        return this;
    }

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal LifetimeOptions Copy()
    {
        var copy = (LifetimeOptions)MemberwiseClone();
        copy.ByTag = new Dictionary<string, TimeSpan>(ByTag, StringComparer.Ordinal);
        copy.ByTool = new Dictionary<string, TimeSpan>(ByTool, StringComparer.Ordinal);
        copy.ByPhrase = new Dictionary<string, TimeSpan>(ByPhrase, StringComparer.Ordinal);
        return copy;
    }
}
