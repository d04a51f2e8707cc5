using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>Makes answers from their stored form, each time anew: what a caller gets is the caller's own.</summary>
/// <remarks>
/// A played answer carries no token usage, since none were used, and separate message ids, since user interfaces take messages with
/// equal ids for one message. Those ids must be new, not unguessable: a start drawn at random once and a counter do. A new Guid asks the operating system for random numbers, which takes
/// as long as all the rest of playing a short answer. Thread-safe.
/// </remarks>
internal static class AnswerPlayer
{
    private const int IdLength = 32;

    private static readonly string IdStart = RandomNumberGenerator.GetHexString(IdLength / 2, lowercase: true);
    private static long _lastId;

    public static ChatResponse ToResponse(StoredAnswer answer)
    {
        var response = new ChatResponse
        {
            ModelId = answer.ModelId,
            ResponseId = answer.ResponseId,
            CreatedAt = answer.CreatedAt,
            FinishReason = ChatFinishReason.Stop,
            AdditionalProperties = Restored(answer.Properties),
        };

        // By index: an enumerator of an interface is an object of its own.
        for (var i = 0; i < answer.Messages.Count; i++)
        {
            var message = answer.Messages[i];
            response.Messages.Add(new ChatMessage(RoleOf(message), ContentsOf(message))
            {
                AuthorName = message.AuthorName,
                MessageId = NextId(),
                CreatedAt = answer.CreatedAt,
                AdditionalProperties = Restored(message.Properties),
            });
        }

        return response;
    }

    /// <summary>Plays an answer in the pieces in which it was recorded; the last one says that it is finished.</summary>
    public static IEnumerable<ChatResponseUpdate> ToUpdates(StoredAnswer answer)
    {
        foreach (var message in answer.Messages)
        {
            var messageId = NextId();
            var properties = Restored(message.Properties);
            foreach (var part in message.Parts)
            {
                var start = 0;
                for (var i = 0; i < part.Pieces.Count; i++)
                {
                    var piece = part.Text.Substring(start, part.Pieces[i]);
                    start += part.Pieces[i];
                    var update = ToUpdate(answer, messageId, message.AuthorName, RoleOf(message));

                    // Those of a message come with its first piece.
                    update.AdditionalProperties = properties;
                    properties = null;
                    update.Contents.Add(ToContent(part, piece, isLast: i == part.Pieces.Count - 1));
                    yield return update;
                }
            }
        }

        var end = ToUpdate(answer, messageId: null, authorName: null, ChatRole.Assistant);
        end.FinishReason = ChatFinishReason.Stop;
        end.AdditionalProperties = Restored(answer.Properties);
        yield return end;
    }

    private static List<AIContent> ContentsOf(StoredAnswer.Message message)
    {
        var contents = new List<AIContent>(message.Parts.Count);
        for (var i = 0; i < message.Parts.Count; i++)
        {
            contents.Add(ToContent(message.Parts[i], message.Parts[i].Text, isLast: true));
        }

        return contents;
    }

    private static ChatRole RoleOf(StoredAnswer.Message message) => message.IsTool ? ChatRole.Tool : ChatRole.Assistant;

    private static ChatResponseUpdate ToUpdate(StoredAnswer answer, string? messageId, string? authorName, ChatRole role) => new()
    {
        Role = role,
        AuthorName = authorName,
        MessageId = messageId,
        ModelId = answer.ModelId,
        ResponseId = answer.ResponseId,
        CreatedAt = answer.CreatedAt,
    };

    private static AIContent ToContent(StoredAnswer.Part part, string text, bool isLast)
    {
        if (part.Tool is { } tool)
        {
            return ToolCalls.Restore(tool);
        }

        if (part.IsReasoning)
        {
            return new TextReasoningContent(text) { ProtectedData = isLast ? part.ProtectedData : null, AdditionalProperties = Restored(part.Properties) };
        }

        var content = part.IsBare ? new AIContent() : new TextContent(text);
        content.Annotations = part.Citations is { } citations ? Citations.Restore(citations) : null;
        content.AdditionalProperties = Restored(part.Properties);
        return content;
    }

    private static AdditionalPropertiesDictionary? Restored(IReadOnlyDictionary<string, JsonElement>? properties) =>
        properties is null ? null : JsonProperties.FromJson(properties);

    // 32 hexadecimal digits that nothing else has.
    private static string NextId() => string.Create(IdLength, Interlocked.Increment(ref _lastId), static (id, number) =>
    {
        IdStart.CopyTo(id);
        number.TryFormat(id[(IdLength / 2)..], out _, "x16", CultureInfo.InvariantCulture);
    });
}
