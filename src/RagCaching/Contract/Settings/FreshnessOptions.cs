namespace RagCaching;

/// <summary>How a <see cref="SemanticCache"/> recognises questions about now, such as "What time is it?", and what it does with them.</summary>
/// <remarks>
/// Words for it in English, German, Spanish, French, Italian, Portuguese, Russian, Chinese, Japanese, Korean, Hindi, Arabic, Bengali and Indonesian are built in. A question that contains one of them is about now.
/// </remarks>
public sealed class FreshnessOptions
{
    internal static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets what is done with questions about now.</summary>
    /// <value>Default <see cref="FreshnessBehavior.Bypass"/>.</value>
    public FreshnessBehavior Behavior { get; set; }

    /// <summary>Gets or sets how long answers about now are kept with <see cref="FreshnessBehavior.ShortTimeToLive"/>.</summary>
    /// <value>Positive, at most 3,650 days; default 1 minute. A shorter time that applies otherwise wins.</value>
    public TimeSpan TimeToLive { get; set; } = DefaultTimeToLive;

    /// <summary>Gets further words and phrases that make a question one about now.</summary>
    /// <value>Starts empty; none is blank. Case makes no difference. Words of scripts that put blanks between words match whole words only.</value>
    public IList<string> Phrases { get; private set; } = [];

    /// <summary>Gets phrases that contain such a word and are not about now.</summary>
    /// <value>Starts empty; none is blank. "current" in "electric current" is built in.</value>
    public IList<string> Exceptions { get; private set; } = [];

    /// <summary>Makes a copy that nobody else can change.</summary>
    internal FreshnessOptions Copy()
    {
        var copy = (FreshnessOptions)MemberwiseClone();
        copy.Phrases = [.. Phrases];
        copy.Exceptions = [.. Exceptions];
        return copy;
    }
}
