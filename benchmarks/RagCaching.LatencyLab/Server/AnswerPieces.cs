namespace RagCaching.LatencyLab.Server;

/// <summary>Cuts an answer into the pieces in which it is streamed.</summary>
internal static class AnswerPieces
{
    private const int MaxPieces = 48;

    /// <summary>Cuts at spaces, which stay with the word before them.</summary>
    /// <returns>At least one piece; joined, they are the answer.</returns>
    public static List<string> Of(string answer)
    {
        var words = answer.Split(' ');
        var wordsPerPiece = (words.Length + MaxPieces - 1) / MaxPieces;
        var pieces = words.Chunk(wordsPerPiece).Select(chunk => string.Join(' ', chunk) + ' ').ToList();
        pieces[^1] = pieces[^1][..^1];
        return pieces;
    }
}
