namespace RagCaching.LatencyLab.Models;

/// <summary>Splits text into lower-case words.</summary>
internal static class Words
{
    /// <summary>Splits at everything that is no letter or digit, and inside names such as <c>TimeToLive</c>.</summary>
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var ends = i == text.Length || !char.IsLetterOrDigit(text[i]);
            var isHump = !ends && i > start && char.IsUpper(text[i]) && char.IsLower(text[i - 1]);
            if (!ends && !isHump)
            {
                continue;
            }

            if (i > start)
            {
                words.Add(text[start..i].ToLowerInvariant());
            }

            start = ends ? i + 1 : i;
        }

        return words;
    }
}
