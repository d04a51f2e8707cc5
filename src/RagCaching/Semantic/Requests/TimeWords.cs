using RagCaching.Semantic.Words;

namespace RagCaching.Semantic.Requests;

/// <summary>Recognises questions about now by words and phrases. Allocates nothing for a question; immutable and thread-safe.</summary>
internal sealed class TimeWords
{
    private const string BuiltInName = "RagCaching.Semantic.Requests.AboutNow.txt";

    private static readonly Lazy<(string[] Phrases, string[] Exceptions)> BuiltIn = new(ReadBuiltIn);

    private readonly PhraseSet _set;

    /// <summary>Puts the built-in words and further ones together.</summary>
    public TimeWords(IEnumerable<string> phrases, IEnumerable<string> exceptions) =>
        _set = new PhraseSet(BuiltIn.Value.Phrases.Concat(phrases), BuiltIn.Value.Exceptions.Concat(exceptions));

    /// <summary>Tells whether the answer to a question depends on when it is asked.</summary>
    public bool AreIn(string question) => _set.AreIn(question);

    /// <summary>Gets the built-in words.</summary>
    internal static IReadOnlyList<string> Phrases => BuiltIn.Value.Phrases;

    /// <summary>Gets the built-in exceptions.</summary>
    internal static IReadOnlyList<string> Exceptions => BuiltIn.Value.Exceptions;

    private static (string[] Phrases, string[] Exceptions) ReadBuiltIn()
    {
        var lines = WordFile.Read(BuiltInName).Where(line => line[0] != '=').ToArray();
        return ([.. lines.Where(line => line[0] != '-')], [.. lines.Where(line => line[0] == '-').Select(line => line[1..].Trim())]);
    }
}
