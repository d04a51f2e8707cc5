using Microsoft.Extensions.AI;

namespace RagCaching.Tests.TestDoubles;

/// <summary>A comparer that says what the test says; by default whether the texts are equal.</summary>
internal sealed class TestComparer : IAnswerComparer
{
    public Func<string, string, CancellationToken, ValueTask<AnswerComparison>> Compare { get; set; } =
        (fresh, cached, _) => new(fresh == cached ? AnswerComparison.Same : AnswerComparison.Different);

    public int Calls { get; private set; }

    public ValueTask<AnswerComparison> CompareAsync(string question, ChatResponse fresh, ChatResponse cached, CancellationToken cancellationToken = default)
    {
        Calls++;
        return Compare(fresh.Text, cached.Text, cancellationToken);
    }
}
