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

    private ImportedAnswer Make(long line, in Turn turn) => turn.CallsTools && !options.AnswersAfterTools
        ? AnswerMaker.Faulty(line, "messages", $"The answer was given after a tool was called ({nameof(ChatLogOptions)}.{nameof(ChatLogOptions.AnswersAfterTools)}).")
        : _maker.Make(line, new Record(turn.Question, turn.Answer));

    // Messages of the user that follow each other are one turn, whose question is the last; its answer is the last text of the assistant.
    private static List<Turn> TurnsOf(JsonElement messages)
    {
        var turns = new List<Turn>();
        var wasUser = false;
        foreach (var message in messages.EnumerateArray())
        {
            var role = JsonText.Of(JsonText.Property(message, "role"));
            var text = JsonText.OfContent(JsonText.Property(message, "content"));
            if (role == "user")
            {
                if (wasUser)
                {
                    turns.RemoveAt(turns.Count - 1);
                }

                turns.Add(new Turn(text, Answer: null, CallsTools: false));
            }
            else if (turns.Count > 0)
            {
                var callsTools = role is "tool" or "function" || IsSet(message, "tool_calls") || IsSet(message, "function_call");
                var turn = turns[^1];
                turns[^1] = turn with { Answer = role == "assistant" && text is not null ? text : turn.Answer, CallsTools = turn.CallsTools || callsTools };
            }

            wasUser = role == "user";
        }

        return turns;
    }

    private static bool IsSet(JsonElement message, string name) =>
        JsonText.Property(message, name) is { } value && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) && !(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    private readonly record struct Turn(string? Question, string? Answer, bool CallsTools);
}
