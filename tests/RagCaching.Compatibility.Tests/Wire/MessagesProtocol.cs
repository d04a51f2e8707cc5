using System.Text.Json;
using System.Text.Json.Nodes;

namespace RagCaching.Compatibility.Tests.Wire;

/// <summary>Anthropic's messages.</summary>
internal sealed class MessagesProtocol : IProtocol
{
    public object Whole(JsonElement request, ScriptedReply reply, int number) => new
    {
        id = $"msg_{number}",
        type = "message",
        role = "assistant",
        model = request.GetProperty("model").GetString(),
        content = Blocks(reply, number),
        stop_reason = StopReason(reply),
        stop_sequence = (string?)null,
        usage = new { input_tokens = 7, output_tokens = 5 },
    };

    public IEnumerable<(string? Name, object Data)> Events(JsonElement request, ScriptedReply reply, int number)
    {
        yield return Event("message_start", new
        {
            type = "message_start",
            message = new { id = $"msg_{number}", type = "message", role = "assistant", model = request.GetProperty("model").GetString(), content = Array.Empty<object>(), stop_reason = (string?)null, stop_sequence = (string?)null, usage = new { input_tokens = 7, output_tokens = 1 } },
        });
        var blocks = Blocks(reply, number);
        for (var i = 0; i < blocks.Count; i++)
        {
            var type = (string)blocks[i]["type"];
            yield return Event("content_block_start", new { type = "content_block_start", index = i, content_block = Start(type, blocks[i]) });
            foreach (var delta in Deltas(type, reply, blocks[i]))
            {
                yield return Event("content_block_delta", new { type = "content_block_delta", index = i, delta });
            }

            yield return Event("content_block_stop", new { type = "content_block_stop", index = i });
        }

        yield return Event("message_delta", new { type = "message_delta", delta = new { stop_reason = StopReason(reply), stop_sequence = (string?)null }, usage = new { output_tokens = 5 } });
        yield return Event("message_stop", new { type = "message_stop" });

        static (string?, object) Event(string name, object data) => (name, data);
    }

    private static string StopReason(ScriptedReply reply) => reply.Calls.Count > 0 ? "tool_use" : "end_turn";

    private static List<Dictionary<string, object>> Blocks(ScriptedReply reply, int number)
    {
        var blocks = new List<Dictionary<string, object>>();
        if (reply.Reasoning is { } reasoning)
        {
            blocks.Add(new() { ["type"] = "thinking", ["thinking"] = reasoning, ["signature"] = "signed" });
        }

        if (reply.Text.Length > 0)
        {
            blocks.Add(new() { ["type"] = "text", ["text"] = reply.Text });
        }

        blocks.AddRange(reply.Calls.Select((call, i) => new Dictionary<string, object>
        {
            ["type"] = "tool_use",
            ["id"] = $"toolu_{number}_{i}",
            ["name"] = call.Name,
            ["input"] = JsonNode.Parse(call.Arguments)!,
        }));
        return blocks;
    }

    private static object Start(string type, Dictionary<string, object> block) => type switch
    {
        "thinking" => new { type, thinking = "", signature = "" },
        "text" => new { type, text = "" },
        _ => new { type, id = block["id"], name = block["name"], input = new { } },
    };

    private static IEnumerable<object> Deltas(string type, ScriptedReply reply, Dictionary<string, object> block) => type switch
    {
        "thinking" => [new { type = "thinking_delta", thinking = reply.Reasoning }, new { type = "signature_delta", signature = "signed" }],
        "text" => reply.Pieces.Select(text => (object)new { type = "text_delta", text }),
        _ => [new { type = "input_json_delta", partial_json = ((JsonNode)block["input"]).ToJsonString() }],
    };
}
