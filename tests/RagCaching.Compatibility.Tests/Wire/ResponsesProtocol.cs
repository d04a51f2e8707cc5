using System.Text.Json;

namespace RagCaching.Compatibility.Tests.Wire;

/// <summary>OpenAI's responses, which keep the conversation at the provider unless told otherwise.</summary>
internal sealed class ResponsesProtocol : IProtocol
{
    public object Whole(JsonElement request, ScriptedReply reply, int number) => Answer(request, "completed", Items(reply, number), number);

    public IEnumerable<(string? Name, object Data)> Events(JsonElement request, ScriptedReply reply, int number)
    {
        var sequence = 0;
        yield return Event("response.created", ("response", Answer(request, "in_progress", [], number)));
        var items = Items(reply, number);
        for (var i = 0; i < items.Count; i++)
        {
            var id = items[i]["id"];
            var isText = (string)items[i]["type"] == "message";
            yield return Event("response.output_item.added", ("output_index", i), ("item", isText ? Message(id, [], "in_progress") : items[i]));
            if ((string)items[i]["type"] == "reasoning")
            {
                yield return Event("response.reasoning_summary_text.delta", ("item_id", id), ("output_index", i), ("summary_index", 0), ("delta", reply.Reasoning!));
            }

            foreach (var piece in isText ? reply.Pieces : [])
            {
                yield return Event("response.output_text.delta", ("item_id", id), ("output_index", i), ("content_index", 0), ("delta", piece));
            }

            yield return Event("response.output_item.done", ("output_index", i), ("item", items[i]));
        }

        yield return Event("response.completed", ("response", Answer(request, "completed", items, number)));

        (string?, object) Event(string type, params (string Name, object Value)[] members)
        {
            var data = new Dictionary<string, object> { ["type"] = type, ["sequence_number"] = sequence++ };
            foreach (var (name, value) in members)
            {
                data[name] = value;
            }

            return (type, data);
        }
    }

    private static Dictionary<string, object> Answer(JsonElement request, string status, List<Dictionary<string, object>> output, int number) => new()
    {
        ["id"] = $"resp_{number}",
        ["object"] = "response",
        ["created_at"] = 1,
        ["status"] = status,
        ["model"] = request.GetProperty("model").GetString()!,
        ["output"] = output,
        ["store"] = !request.TryGetProperty("store", out var store) || store.GetBoolean(),
        ["usage"] = new { input_tokens = 7, output_tokens = 5, total_tokens = 12 },
    };

    private static List<Dictionary<string, object>> Items(ScriptedReply reply, int number)
    {
        var items = new List<Dictionary<string, object>>();
        if (reply.Reasoning is { } reasoning)
        {
            items.Add(new() { ["type"] = "reasoning", ["id"] = $"rs_{number}", ["summary"] = new[] { new { type = "summary_text", text = reasoning } } });
        }

        if (reply.Text.Length > 0)
        {
            object[] annotations = reply.Source is { } source ? [new { type = "url_citation", start_index = 0, end_index = reply.Text.Length, title = "A source", url = source }] : [];
            items.Add(Message($"msg_{number}", [new { type = "output_text", text = reply.Text, annotations }], "completed"));
        }

        items.AddRange(reply.Calls.Select((call, i) => new Dictionary<string, object>
        {
            ["type"] = "function_call",
            ["id"] = $"fc_{number}_{i}",
            ["call_id"] = $"call_{number}_{i}",
            ["name"] = call.Name,
            ["arguments"] = call.Arguments,
            ["status"] = "completed",
        }));
        return items;
    }

    private static Dictionary<string, object> Message(object id, object[] content, string status) =>
        new() { ["type"] = "message", ["id"] = id, ["role"] = "assistant", ["status"] = status, ["content"] = content };
}
