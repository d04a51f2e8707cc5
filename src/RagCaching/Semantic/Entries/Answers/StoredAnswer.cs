using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>An answer as it is stored: one form for answers that came whole and answers that came as a stream.</summary>
/// <remarks>Read back as data only: a closed set of properties, no type name, nothing polymorphic.</remarks>
internal sealed record StoredAnswer
{
    /// <summary>The version that is written, and the only one that is read: answers of another one are misses.</summary>
    public const int CurrentVersion = 2;

    // A day.
    private const long MostMilliseconds = 86_400_000;

    public required int Version { get; init; }

    public required IReadOnlyList<Message> Messages { get; init; }

    public string? ModelId { get; init; }

    public string? ResponseId { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public TokenUsage? Usage { get; init; }

    /// <summary>Gets how long the model took for the answer, in milliseconds; counted as saved whenever it is served again.</summary>
    public long? Milliseconds { get; init; }

    /// <summary>Gets <see cref="Milliseconds"/> as a time; zero where it is not known, or no time that a model could take.</summary>
    [JsonIgnore]
    public TimeSpan Took => Milliseconds is > 0 and <= MostMilliseconds and var time ? TimeSpan.FromMilliseconds(time) : TimeSpan.Zero;

    /// <summary>Gets the sources that the answer was built on, with their versions at that time.</summary>
    public IReadOnlyDictionary<string, string?>? Sources { get; init; }

    /// <summary>Gets the additional properties that have a JSON form.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Properties { get; init; }

    /// <summary>One message of a <see cref="StoredAnswer"/>.</summary>
    internal sealed class Message
    {
        /// <summary>Gets a value indicating whether the message is that of tools; any other is the assistant's.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsTool { get; init; }

        public string? AuthorName { get; init; }

        /// <summary>Gets the additional properties that have a JSON form, of a message that came whole.</summary>
        public IReadOnlyDictionary<string, JsonElement>? Properties { get; init; }

        public required IReadOnlyList<Part> Parts { get; init; }
    }

    /// <summary>A run of text, or of reasoning, within a <see cref="Message"/>.</summary>
    internal sealed class Part
    {
        /// <summary>Gets a value indicating whether this is the model's reasoning rather than its answer.</summary>
        public bool IsReasoning { get; init; }

        /// <summary>Gets a value indicating whether this is no text, but what was said about one.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsBare { get; init; }

        /// <summary>Gets the whole text.</summary>
        public required string Text { get; init; }

        /// <summary>Gets the lengths of the pieces in which the text arrived, in UTF-16 code units; they add up to the text's.</summary>
        public required IReadOnlyList<int> Pieces { get; init; }

        /// <summary>Gets the sources named for the text; a part that has any came in one piece.</summary>
        public IReadOnlyList<Citation>? Citations { get; init; }

        /// <summary>Gets the additional properties of the text or the reasoning that have a JSON form; a part that has any came in one piece.</summary>
        public IReadOnlyDictionary<string, JsonElement>? Properties { get; init; }

        /// <summary>Gets the provider's opaque form of the reasoning.</summary>
        public string? ProtectedData { get; init; }

        /// <summary>Gets the call of a tool, or the result of one; a part that has it is no text.</summary>
        public ToolUse? Tool { get; init; }
    }

    /// <summary>The call of a tool, or the result of one.</summary>
    internal sealed class ToolUse
    {
        /// <summary>Gets the id of the call.</summary>
        public required string Id { get; init; }

        /// <summary>Gets the tool's name; <see langword="null"/> for a result.</summary>
        public string? Name { get; init; }

        /// <summary>Gets the arguments, or the result.</summary>
        public JsonElement Value { get; init; }

        /// <summary>Gets a value indicating whether the result is a text, and not the JSON of one.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsText { get; init; }
    }

    /// <summary>A source that a model named for what it wrote.</summary>
    internal sealed class Citation
    {
        public string? Title { get; init; }

        public string? Url { get; init; }

        public string? FileId { get; init; }

        public string? ToolName { get; init; }

        public string? Snippet { get; init; }

        /// <summary>Gets the places in the text that the source is named for.</summary>
        public IReadOnlyList<Span>? Spans { get; init; }

        public IReadOnlyDictionary<string, JsonElement>? Properties { get; init; }
    }

    /// <summary>A place in a text, in UTF-16 code units, as the model gave it.</summary>
    internal sealed class Span
    {
        public int? Start { get; init; }

        public int? End { get; init; }
    }

    /// <summary>What the answer cost when it was generated; counted as saved whenever it is served again.</summary>
    internal sealed class TokenUsage
    {
        public long? InputTokens { get; init; }

        public long? OutputTokens { get; init; }
    }
}
