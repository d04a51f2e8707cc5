namespace RagCaching.Quality.Data;

/// <summary>Questions with vectors, and which of them want the same answer.</summary>
/// <param name="Name">The name of the data.</param>
/// <param name="Texts">The questions.</param>
/// <param name="Vectors">Their vectors, question by question.</param>
/// <param name="Answers">The answer that each wants; equal numbers are the same answer.</param>
/// <param name="HasNoAnswer">Whether a question has no right answer but its own, whatever its number says.</param>
internal sealed record QuestionSet(string Name, string[] Texts, float[][] Vectors, int[] Answers, bool[] HasNoAnswer)
{
    public int Count => Texts.Length;
}
