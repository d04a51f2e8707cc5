using Microsoft.Extensions.AI;

namespace RagCaching.Comparers;

/// <summary>Compares short answers by their text, and asks another comparer about the rest.</summary>
internal sealed class DefaultComparer(IAnswerComparer prose) : IAnswerComparer
{
    private readonly ShortAnswerComparer _short = new();

    public async ValueTask<AnswerComparison> CompareAsync(string question, ChatResponse fresh, ChatResponse cached, CancellationToken cancellationToken = default)
    {
        var comparison = await _short.CompareAsync(question, fresh, cached, cancellationToken).ConfigureAwait(false);
        return comparison == AnswerComparison.Unknown
            ? await prose.CompareAsync(question, fresh, cached, cancellationToken).ConfigureAwait(false)
            : comparison;
    }
}
