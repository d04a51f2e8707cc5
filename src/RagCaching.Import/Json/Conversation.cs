using System.Text.Json;
using RagCaching.Import.Values;

namespace RagCaching.Import.Json;

/// <summary>Finds the turns of a conversation: a question of the user and the answer that follows it.</summary>
internal sealed class Conversation(ChatLogOptions options)
{
    private readonly AnswerMaker _maker = new(options);

    /// <summary>Reads a line: a conversation, or a list of them.</summary>
    public IReadOnlyList<ImportedAnswer> Read(long line, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Array || IsMessage(root))
        {
            return ReadOne(line, root);
        }

        return [.. root.EnumerateArray().SelectMany(conversation => ReadOne(line, conversation))];
    }

    private static bool IsMessage(JsonElement list) => list.GetArrayLength() == 0 || JsonText.Property(list[0], "role") is not null;

    private IReadOnlyList<ImportedAnswer> ReadOne(long line, JsonElement conversation)
    {
        var messages = conversation.ValueKind == JsonValueKind.Array ? conversation : JsonText.Property(conversation, "messages");
        if (messages is not { ValueKind: JsonValueKind.Array } list)
        {
            return [AnswerMaker.Faulty(line, "messages", "A conversation is an object with a list of 'messages', or that list.")];
        }

        var turns = TurnsOf(list);
        if (turns.Count == 0)
        {
            return [AnswerMaker.Faulty(line, "messages", "There is no message of the user.")];
        }

        return turns.Count == 1 || options.AllTurns
            ? [.. turns.Select(turn => Make(line, turn))]
            : [AnswerMaker.Faulty(line, "messages", $"The conversation has {turns.Count} turns, and those of one are read ({nameof(ChatLogOptions)}.{nameof(ChatLogOptions.AllTurns)}).")];
    }

    private ImportedAnswer Make(long line, in Turn turn) => FaultOf(turn) is { } fault ? AnswerMaker.Faulty(line, "messages", fault) : _maker.Make(line, new Record(turn.Question, turn.Answer));

    private string? FaultOf(in Turn turn) =>
        turn.CallsTools && !options.AnswersAfterTools ? $"The answer was given after a tool was called ({nameof(ChatLogOptions)}.{nameof(ChatLogOptions.AnswersAfterTools)})."
        : turn.HasMore ? "A part of the answer is no text."
        : turn.NeedsContext && !options.AllTurns ? $"The question may need what was said before it, by the assistant or in another message of the user ({nameof(ChatLogOptions)}.{nameof(ChatLogOptions.AllTurns)})."
        : null;

    // Messages of the user that follow each other are one turn, whose question is the last; its answer is the last text of the assistant.
    private static List<Turn> TurnsOf(JsonElement messages)
    {
        var turns = new List<Turn>();
        var wasUser = false;
        var isGreeted = false;
        foreach (var message in messages.EnumerateArray())
        {
            var role = JsonText.Of(JsonText.Property(message, "role"));
            var content = JsonText.Property(message, "content");
            var text = JsonText.OfContent(content);
            if (role == "user")
            {
                var needsContext = wasUser || (isGreeted && turns.Count == 0);
                if (wasUser)
                {
                    turns.RemoveAt(turns.Count - 1);
                }

                turns.Add(new Turn(text, Answer: null, CallsTools: false, HasMore: false, needsContext));
            }
            else if (turns.Count > 0)
            {
                var callsTools = role is "tool" or "function" || IsSet(message, "tool_calls") || IsSet(message, "function_call");
                var turn = turns[^1];
                var isAnswer = role == "assistant";
                turns[^1] = turn with
                {
                    Answer = isAnswer && text is not null ? text : turn.Answer,
                    CallsTools = turn.CallsTools || callsTools,
                    HasMore = turn.HasMore || (isAnswer && text is null && content is { ValueKind: not JsonValueKind.Null }),
                };
            }

            isGreeted |= role == "assistant";

            wasUser = role == "user";
        }

        return turns;
    }

    private static bool IsSet(JsonElement message, string name) =>
        JsonText.Property(message, name) is { } value && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) && !(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    /// <param name="Question">The last message of the user.</param>
    /// <param name="Answer">The last text of the assistant.</param>
    /// <param name="CallsTools">Whether a tool was called in between.</param>
    /// <param name="HasMore">Whether a message of the assistant is something else than a text.</param>
    /// <param name="NeedsContext">Whether something was said before the question.</param>
    private readonly record struct Turn(string? Question, string? Answer, bool CallsTools, bool HasMore, bool NeedsContext);
}
