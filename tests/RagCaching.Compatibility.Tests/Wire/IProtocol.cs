using System.Text.Json;

namespace RagCaching.Compatibility.Tests.Wire;

/// <summary>One of the ways in which models are talked to over HTTP.</summary>
internal interface IProtocol
{
    /// <summary>Makes the body of an answer that is not streamed.</summary>
    object Whole(JsonElement request, ScriptedReply reply, int number);

    /// <summary>Makes the events of an answer that is streamed: each with its name, where the protocol has names, and its data.</summary>
    IEnumerable<(string? Name, object Data)> Events(JsonElement request, ScriptedReply reply, int number);
}
