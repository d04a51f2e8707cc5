using System.Text.Json;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>An answer as it is stored: one form for answers that came whole and answers that came as a stream.</summary>
/// <remarks>Read back as data only: a closed set of properties, no type name, nothing polymorphic.</remarks>
internal sealed record StoredAnswer
{
    /// <summary>The version that is written, and the only one that is read: answers of another one are misses.</summary>
    public const int CurrentVersion = 2;

    public required int Version { get; init; }

    public required IReadOnlyList<StoredMessage> Messages { get; init; }

    public string? ModelId { get; init; }

    public string? ResponseId { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public StoredUsage? Usage { get; init; }

    /// <summary>Gets the sources that the answer was built on, with their versions at that time.</summary>
    public IReadOnlyDictionary<string, string?>? Sources { get; init; }

    /// <summary>Gets the additional properties that have a JSON form.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Properties { get; init; }
}
