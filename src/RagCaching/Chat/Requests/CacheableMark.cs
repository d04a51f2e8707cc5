using System.Globalization;
using Microsoft.Extensions.AI;

namespace RagCaching.Chat.Requests;

/// <summary>The mark of a function that merely reads: an additional property, so that it stays with the function whatever wraps it.</summary>
internal static class CacheableMark
{
    private const string Name = RequestControls.Prefix + "cacheable";
    private const string Unlimited = "unlimited";

    /// <summary>Adds the mark to the properties of a function.</summary>
    public static IReadOnlyDictionary<string, object?> AddTo(IReadOnlyDictionary<string, object?> properties, TimeSpan? timeToLive) =>
        new Dictionary<string, object?>(properties, StringComparer.Ordinal) { [Name] = timeToLive is { } time ? time.TotalSeconds.ToString("R", CultureInfo.InvariantCulture) : Unlimited };

    /// <summary>Reads the mark of a tool.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="timeToLive">Receives for how long an answer from it stays valid; <see langword="null"/> for no limit of its own.</param>
    /// <returns><see langword="false"/> where there is none.</returns>
    public static bool TryRead(AITool tool, out TimeSpan? timeToLive)
    {
        timeToLive = null;
        if (!tool.AdditionalProperties.TryGetValue(Name, out var mark) || mark is not string text)
        {
            return false;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            timeToLive = TimeSpan.FromSeconds(seconds);
            return true;
        }

        return text == Unlimited;
    }
}
