namespace RagCaching.Semantic.Words;

/// <summary>Recognises questions whose answers change often, by words of twelve languages. Allocates nothing for a question; immutable and thread-safe.</summary>
internal sealed class VolatileQuestions
{
    private readonly PhraseSet _always;
    private readonly PhraseSet _state;
    private readonly PhraseSet _method;

    /// <summary>Puts the words together.</summary>
    /// <param name="aboutNow">Words that make a question one about now.</param>
    /// <param name="exceptions">Phrases that contain such a word and are not about now.</param>
    public VolatileQuestions(IEnumerable<string> aboutNow, IEnumerable<string> exceptions)
    {
        var words = LifetimeWords.All;
        string[] stable = [.. words["stable"], .. exceptions];
        _always = new PhraseSet(words["volatile"].Concat(aboutNow), stable);
        _state = new PhraseSet(words["state"], stable);
        _method = new PhraseSet(words["method"], []);
    }

    /// <summary>Tells whether the answer to a question changes often.</summary>
    public bool Includes(string question) => _always.AreIn(question) || (_state.AreIn(question) && !_method.AreIn(question));
}
