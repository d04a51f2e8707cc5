using System.Text.RegularExpressions;

namespace RagCaching.LatencyLab.Models;

/// <summary>One document of a prompt: where it is from, the headings above it, and its sentences.</summary>
internal sealed partial record Passage(string Source, string Heading, IReadOnlyList<string> Sentences)
{
    private const string Start = "<context>";
    private const string End = "</context>";

    /// <summary>Reads the documents of a prompt in the form in which the pipeline writes them.</summary>
    public static IReadOnlyList<Passage> Read(string context)
    {
        var text = context.ReplaceLineEndings("\n").Replace(Start, "", StringComparison.Ordinal).Replace(End, "", StringComparison.Ordinal);
        var starts = Title().Matches(text);
        return
        [
            .. starts.Select((match, index) =>
            {
                var end = index + 1 < starts.Count ? starts[index + 1].Index : text.Length;
                return Of(match.Groups[1].Value, text[(match.Index + match.Length)..end].Trim('\n'));
            }),
        ];
    }

    /// <summary>Gets what is embedded of a sentence: alone, it often does not name its subject.</summary>
    public static string Embedded(string heading, string sentence)
    {
        var subject = heading[(heading.LastIndexOf('/') + 1)..].Trim();
        return subject.Length == 0 ? sentence : $"{subject}: {sentence}";
    }

    // A document of one line has no heading.
    private static Passage Of(string source, string body)
    {
        var line = body.IndexOf('\n', StringComparison.Ordinal);
        return line < 0
            ? new Passage(source, "", Models.Sentences.Of(body))
            : new Passage(source, body[..line].Trim(), Models.Sentences.Of(body[line..]));
    }

    [GeneratedRegex(@"^\[\d+\] (.*)\n", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Title();
}
