using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;

namespace RagCaching.Chat.Requests;

/// <summary>Carries a <see cref="SemanticCacheChatControls"/> through additional properties, as primitive values only.</summary>
/// <remarks>Objects among additional properties cannot be serialised under native AOT, and other middleware may try to.</remarks>
internal static class RequestControls
{
    /// <summary>What the names of everything that is meant for, or comes from, the cache start with.</summary>
    public const string Prefix = "ragcaching.";

    private const string Mode = Prefix + "mode";
    private const string Scope = Prefix + "scope";
    private const string Question = Prefix + "question";
    private const string Tags = Prefix + "tags";
    private const string CreatedBy = Prefix + "created_by";
    private const string TimeToLive = Prefix + "ttl";
    private const string MinimumSimilarity = Prefix + "minimum_similarity";
    private const string MaxAge = Prefix + "max_age";
    private const string ExactOnly = Prefix + "exact_only";
    private const string KeepToolCalls = Prefix + "keep_tool_calls";

    // Nobody changes it.
    private static readonly SemanticCacheChatControls Nothing = new();

    public static void Write(SemanticCacheChatControls request, AdditionalPropertiesDictionary properties)
    {
        if (request.Tags.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("Tags must not contain a null or empty tag.");
        }

        properties[Mode] = request.Mode.ToString();
        Set(Scope, request.Scope is { } scope ? WriteList(scope.Parts) : null);
        Set(Question, request.Question);
        Set(Tags, request.Tags.Count > 0 ? WriteList([.. request.Tags]) : null);
        Set(CreatedBy, request.CreatedBy);
        Set(TimeToLive, request.TimeToLive?.TotalSeconds);
        Set(MinimumSimilarity, request.MinimumSimilarity);
        Set(MaxAge, request.MaxAge?.TotalSeconds);
        Set(ExactOnly, request.ExactOnly ? true : null);
        Set(KeepToolCalls, request.KeepToolCalls ? true : null);

        void Set(string name, object? value)
        {
            properties.Remove(name);
            if (value is not null)
            {
                properties[name] = value;
            }
        }
    }

    /// <summary>Reads what a request says to the cache, for those who only look at it: most requests say nothing, and get the same object.</summary>
    /// <exception cref="ArgumentException">A control has a value that is none of its own.</exception>
    public static SemanticCacheChatControls Look(ChatOptions? options) => options?.AdditionalProperties is { Count: > 0 } ? Read(options) : Nothing;

    /// <summary>Reads what a request says to the cache.</summary>
    /// <exception cref="ArgumentException">A control has a value that is none of its own.</exception>
    public static SemanticCacheChatControls Read(ChatOptions? options)
    {
        var request = new SemanticCacheChatControls();
        if (options?.AdditionalProperties is not { Count: > 0 } properties)
        {
            return request;
        }

        if (properties.TryGetValue(Mode, out var mode))
        {
            request.Mode = mode is string name && Enum.TryParse<SemanticCacheMode>(name, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed)
                ? parsed
                : throw Invalid(Mode, $"one of {string.Join(", ", Enum.GetNames<SemanticCacheMode>())}");
        }

        if (Text(properties, Scope) is { } scope)
        {
            var parts = ReadList(scope) ?? throw Invalid(Scope, "a list written by WithSemanticCache");
            request.Scope = parts.Count == 0 ? CacheScope.Shared : CacheScope.For([.. parts]);
        }

        foreach (var tag in Text(properties, Tags) is { } tags ? ReadList(tags) ?? throw Invalid(Tags, "a list written by WithSemanticCache") : [])
        {
            request.Tags.Add(tag);
        }

        request.Question = Text(properties, Question);
        request.CreatedBy = Text(properties, CreatedBy);
        request.TimeToLive = Number(properties, TimeToLive) is { } seconds
            ? seconds > 0 && seconds <= TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : throw Invalid(TimeToLive, "a positive number of seconds")
            : null;
        request.MinimumSimilarity = (float?)Number(properties, MinimumSimilarity);
        request.MaxAge = Number(properties, MaxAge) is { } age
            ? age >= 0 && age <= TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(age) : throw Invalid(MaxAge, "a number of seconds that is not negative")
            : null;
        request.ExactOnly = Flag(properties, ExactOnly);
        request.KeepToolCalls = Flag(properties, KeepToolCalls);
        return request;
    }

    /// <summary>Tells whether a property is addressed to the cache.</summary>
    public static bool IsControl(string name) => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells whether a request names its scope.</summary>
    public static bool NamesScope(ChatOptions? options) => options?.AdditionalProperties?.ContainsKey(Scope) == true;

    /// <summary>Copies options without what is meant for the cache.</summary>
    public static ChatOptions? WithoutControls(ChatOptions? options)
    {
        if (options?.AdditionalProperties is not { } properties || !properties.Keys.Any(IsControl))
        {
            return options;
        }

        var copy = options.Clone();
        copy.AdditionalProperties = [];
        foreach (var (name, value) in properties)
        {
            if (!IsControl(name))
            {
                copy.AdditionalProperties[name] = value;
            }
        }

        copy.AdditionalProperties = copy.AdditionalProperties.Count > 0 ? copy.AdditionalProperties : null;
        return copy;
    }

    private static string? Text(AdditionalPropertiesDictionary properties, string name) =>
        !properties.TryGetValue(name, out var value) || value is null ? null : value as string ?? throw Invalid(name, "a text");

    private static bool Flag(AdditionalPropertiesDictionary properties, string name) =>
        properties.TryGetValue(name, out var value) && (value is bool flag ? flag : throw Invalid(name, "true or false"));

    private static double? Number(AdditionalPropertiesDictionary properties, string name) =>
        !properties.TryGetValue(name, out var value) || value is null ? null
        : value is int or long or float or double ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
        : throw Invalid(name, "a number");

    // The value stays out of the message: it may be a user's text.
    private static ArgumentException Invalid(string name, string expected) =>
        new($"The additional property '{name}' must be {expected}. Use ChatOptions.WithSemanticCache to set it.");

    /// <summary>Writes texts so that no text can pass for two: each is preceded by its length.</summary>
    private static string WriteList(ReadOnlySpan<string> texts)
    {
        var list = new StringBuilder();
        foreach (var text in texts)
        {
            list.Append(CultureInfo.InvariantCulture, $"{text.Length}:").Append(text);
        }

        return list.ToString();
    }

    private static List<string>? ReadList(string list)
    {
        var texts = new List<string>();
        for (var rest = list.AsSpan(); !rest.IsEmpty;)
        {
            var colon = rest.IndexOf(':');
            if (colon <= 0
                || !int.TryParse(rest[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length > rest.Length - colon - 1)
            {
                return null;
            }

            texts.Add(rest.Slice(colon + 1, length).ToString());
            rest = rest[(colon + 1 + length)..];
        }

        return texts;
    }
}
