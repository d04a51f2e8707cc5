namespace RagCaching.LatencyLab.Server.Wire;

/// <summary>Text of a message.</summary>
/// <param name="Type">Always <c>output_text</c>.</param>
/// <param name="Text">The text.</param>
/// <param name="Annotations">Always empty.</param>
internal sealed record ResponsesText(string Type, string Text, IReadOnlyList<string> Annotations);
