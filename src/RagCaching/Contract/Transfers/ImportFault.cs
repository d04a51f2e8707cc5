namespace RagCaching;

/// <summary>Why a line, or an answer, was not imported.</summary>
/// <param name="Line">The number of the line, from 1; or of the answer where there are no lines.</param>
/// <param name="Field">The field.</param>
/// <param name="Problem">What is wrong with it, with its value, shortened where it is long.</param>
public sealed record ImportFault(long Line, string Field, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"line {Line}, {Field}: {Problem}";
}
