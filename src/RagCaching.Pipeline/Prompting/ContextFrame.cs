using System.Text.RegularExpressions;

namespace RagCaching.Pipeline.Prompting;

/// <summary>The frame around what was retrieved. Nothing that a document contains opens or closes it.</summary>
internal static partial class ContextFrame
{
    public const string Start = "<context>";
    public const string End = "</context>";

    /// <summary>Makes a text one that contains no tag of the frame, however it is spelt.</summary>
    public static string Contained(string text) => Tag().Replace(text, "&lt;$1context");

    // Also with blanks, invisible characters and brackets of full width, which a model reads like the real ones.
    [GeneratedRegex(@"[<＜﹤‹〈⟨]([\s\p{Cf}]*[/／\\]?[\s\p{Cf}]*)c\p{Cf}*o\p{Cf}*n\p{Cf}*t\p{Cf}*e\p{Cf}*x\p{Cf}*t", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
