namespace RagCaching.LatencyLab.Traffic;

/// <summary>A question as the file has it.</summary>
/// <param name="Id">The id of its answer.</param>
/// <param name="Text">The question.</param>
/// <param name="Rewordings">Other ways to ask it, with the same answer.</param>
/// <param name="LookAlikes">Questions that read alike and need another answer.</param>
internal sealed record Question(string Id, string Text, IReadOnlyList<string> Rewordings, IReadOnlyList<LookAlike> LookAlikes)
{
    /// <summary>Gets all ways to ask it.</summary>
    public IEnumerable<LabelledText> Wordings => Rewordings.Prepend(Text).Select(text => new LabelledText(text, Id));
}
