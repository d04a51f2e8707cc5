namespace RagCaching.AspNetCore.Replies;

/// <summary>Lets texts out only where they are shown.</summary>
internal static class Texts
{
    public static TextReply Of(string text, bool isShown) => new(isShown ? text : null, text.Length);
}
