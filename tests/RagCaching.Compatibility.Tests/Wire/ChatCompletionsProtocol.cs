using System.Text.Json;

namespace RagCaching.Compatibility.Tests.Wire;

/// <summary>OpenAI's chat completions.</summary>
internal sealed class ChatCompletionsProtocol : IProtocol
{
    private static readonly object Usage = new { prompt_tokens = 7, completion_tokens = 5, total_tokens = 12 };

    public object Whole(JsonElement request, ScriptedReply reply, int number) => new
    {
        id = $"c{number}",
        @object = "chat.completion",
        created = 1,
        model = ModelOf(request),
        choices = new object[] { new { index = 0, message = Message(reply, number), finish_reason = FinishReason(reply) } },
        usage = Usage,
    };

    public IEnumerable<(string? Name, object Data)> Events(JsonElement request, ScriptedReply reply, int number)
    {
        if (reply.Reasoning is { } reasoning)
        {
            yield return Chunk(new { role = "assistant", reasoning_content = reasoning });
        }

        foreach (var piece in reply.Pieces)
        {
            yield return Chunk(new { role = "assistant", content = piece });
        }

        for (var i = 0; i < reply.Calls.Count; i++)
        {
            yield return Chunk(new { role = "assistant", tool_calls = new[] { new { index = i, id = $"t{number}.{i}", type = "function", function = new { name = reply.Calls[i].Name, arguments = reply.Calls[i].Arguments } } } });
        }

        yield return Chunk(new { }, FinishReason(reply));
        yield return (null, new { id = $"c{number}", @object = "chat.completion.chunk", created = 1, model = ModelOf(request), choices = Array.Empty<object>(), usage = Usage });
        yield return (null, "[DONE]");

        (string?, object) Chunk(object delta, string? finishReason = null) =>
            (null, new { id = $"c{number}", @object = "chat.completion.chunk", created = 1, model = ModelOf(request), choices = new[] { new { index = 0, delta, finish_reason = finishReason } } });
    }

    private static string ModelOf(JsonElement request) => request.GetProperty("model").GetString()!;

    private static string FinishReason(ScriptedReply reply) => reply.Calls.Count > 0 ? "tool_calls" : "stop";

    private static Dictionary<string, object> Message(ScriptedReply reply, int number)
    {
        var message = new Dictionary<string, object> { ["role"] = "assistant", ["content"] = reply.Text };
        if (reply.Reasoning is { } reasoning)
        {
            message["reasoning_content"] = reasoning;
        }

        if (reply.Source is { } source)
        {
            message["annotations"] = new[] { new { type = "url_citation", url_citation = new { start_index = 0, end_index = reply.Text.Length, title = "A source", url = source } } };
        }

        if (reply.Calls.Count > 0)
        {
            message["tool_calls"] = reply.Calls.Select((call, i) => new { id = $"t{number}.{i}", type = "function", function = new { name = call.Name, arguments = call.Arguments } }).ToArray();
        }

        return message;
    }
}
