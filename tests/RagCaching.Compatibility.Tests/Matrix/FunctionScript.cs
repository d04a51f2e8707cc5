using System.Text.Json;
using RagCaching.Compatibility.Tests.Wire;

namespace RagCaching.Compatibility.Tests.Matrix;

/// <summary>A model that calls one function and then answers.</summary>
internal static class FunctionScript
{
    public static ScriptedReply Reply(JsonElement request, string answer) =>
        request.GetRawText().Contains("a memory", StringComparison.Ordinal) ? new ScriptedReply(answer) : new ScriptedReply("") { Calls = [("define", """{}""")] };
}
