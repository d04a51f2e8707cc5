namespace RagCaching.Compatibility.Tests.Wire;

/// <summary>What a model says to one request, whatever the protocol in which it says it.</summary>
internal sealed record ScriptedReply(string Text)
{
    /// <summary>The model's reasoning; <see langword="null"/> for none.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The tools that it wants to be called, with their arguments as JSON.</summary>
    public IReadOnlyList<(string Name, string Arguments)> Calls { get; init; } = [];

    /// <summary>An address that it names as the source of the text.</summary>
    public string? Source { get; init; }

    /// <summary>The text in the pieces in which it is streamed.</summary>
    public IEnumerable<string> Pieces => Text.Chunk(6).Select(piece => new string(piece));
}
