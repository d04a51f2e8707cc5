namespace RagCaching.Semantic.Transfers;

/// <summary>How far apart reports of progress are.</summary>
internal static class TransferSteps
{
    public const int Answers = 1_000;
}
