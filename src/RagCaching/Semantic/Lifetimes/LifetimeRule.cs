using RagCaching.Semantic.Words;

namespace RagCaching.Semantic.Lifetimes;

/// <summary>The owner's rules by tag, tool, phrase, and kind of answer: the shortest time holds.</summary>
internal sealed class LifetimeRule(LifetimeOptions options)
{
    private readonly (PhraseSet Phrase, TimeSpan Time)[] _phrases = [.. options.ByPhrase.Select(phrase => (new PhraseSet([phrase.Key], []), phrase.Value))];

    /// <summary>Gets a value indicating whether there is any rule.</summary>
    public bool IsEmpty { get; } =
        options is { RefusalTimeToLive: null, NothingFoundTimeToLive: null } && options.ByTag.Count + options.ByTool.Count + options.ByPhrase.Count == 0;

    /// <summary>Gets how long an answer is kept.</summary>
    public TimeSpan Limit(AnswerFacts facts)
    {
        var shortest = facts.TimeToLive;
        Shorten(facts.Tags, options.ByTag);
        Shorten(facts.Tools, options.ByTool);
        foreach (var (phrase, time) in _phrases)
        {
            shortest = time < shortest && phrase.AreIn(facts.Question) ? time : shortest;
        }

        shortest = options.NothingFoundTimeToLive is { } nothing && nothing < shortest && AnswerKinds.FoundNothing(facts.Text) ? nothing : shortest;
        return options.RefusalTimeToLive is { } refusal && refusal < shortest && AnswerKinds.Declines(facts.Text) ? refusal : shortest;

        void Shorten(IReadOnlyCollection<string> names, IDictionary<string, TimeSpan> times)
        {
            foreach (var name in times.Count == 0 ? [] : names)
            {
                shortest = times.TryGetValue(name, out var time) && time < shortest ? time : shortest;
            }
        }
    }
}
