using Microsoft.Extensions.AI;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>Makes answers from their stored form, each time anew: what a caller gets is the caller's own.</summary>
/// <remarks>
/// A played answer carries no token usage, since none were used, and separate message ids, since user interfaces take messages with
/// equal ids for one message.
/// </remarks>
internal static class AnswerPlayer
{
    public static ChatResponse ToResponse(StoredAnswer answer)
    {
        var response = new ChatResponse
        {
            ModelId = answer.ModelId,
            ResponseId = answer.ResponseId,
            CreatedAt = answer.CreatedAt,
            FinishReason = ChatFinishReason.Stop,
            AdditionalProperties = JsonProperties.FromJson(answer.Properties),
        };
        foreach (var message in answer.Messages)
        {
            response.Messages.Add(new ChatMessage(ChatRole.Assistant, [.. message.Parts.Select(part => ToContent(part, part.Text, isLast: true))])
            {
                AuthorName = message.AuthorName,
                MessageId = MessageIds.Next(),
                CreatedAt = answer.CreatedAt,
                AdditionalProperties = JsonProperties.FromJson(message.Properties),
            });
        }

        return response;
    }

    /// <summary>Plays an answer in the pieces in which it was recorded; the last one says that it is finished.</summary>
    public static IEnumerable<ChatResponseUpdate> ToUpdates(StoredAnswer answer)
    {
        foreach (var message in answer.Messages)
        {
            var messageId = MessageIds.Next();
            var properties = JsonProperties.FromJson(message.Properties);
            foreach (var part in message.Parts)
            {
                var start = 0;
                for (var i = 0; i < part.Pieces.Count; i++)
                {
                    var piece = part.Text.Substring(start, part.Pieces[i]);
                    start += part.Pieces[i];
                    var update = ToUpdate(answer, messageId, message.AuthorName);

                    // Those of a message come with its first piece.
                    update.AdditionalProperties = properties;
                    properties = null;
                    update.Contents.Add(ToContent(part, piece, isLast: i == part.Pieces.Count - 1));
                    yield return update;
                }
            }
        }

        var end = ToUpdate(answer, messageId: null, authorName: null);
        end.FinishReason = ChatFinishReason.Stop;
        end.AdditionalProperties = JsonProperties.FromJson(answer.Properties);
        yield return end;
    }

    private static ChatResponseUpdate ToUpdate(StoredAnswer answer, string? messageId, string? authorName) => new()
    {
        Role = ChatRole.Assistant,
        AuthorName = authorName,
        MessageId = messageId,
        ModelId = answer.ModelId,
        ResponseId = answer.ResponseId,
        CreatedAt = answer.CreatedAt,
    };

    private static AIContent ToContent(StoredPart part, string text, bool isLast) => part.IsReasoning
        ? new TextReasoningContent(text) { ProtectedData = isLast ? part.ProtectedData : null, AdditionalProperties = JsonProperties.FromJson(part.Properties) }
        : new TextContent(text) { Annotations = Citations.Restore(part.Citations), AdditionalProperties = JsonProperties.FromJson(part.Properties) };
}
