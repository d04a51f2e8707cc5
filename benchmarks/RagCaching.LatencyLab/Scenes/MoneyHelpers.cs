using Microsoft.Extensions.AI;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>A verifier and a comparer that ask the model, agree whatever it says, and tell what it took: what they say is not what the scene is about.</summary>
internal sealed class MoneyHelpers(IChatClient client) : IMatchVerifier, IAnswerComparer
{
    public async ValueTask<bool> VerifyAsync(SemanticCacheMatch match, CancellationToken cancellationToken = default)
    {
        await AskAsync($"{match.Question} / {match.MatchedQuestion}", cancellationToken);
        return true;
    }

    public async ValueTask<AnswerComparison> CompareAsync(string question, ChatResponse fresh, ChatResponse cached, CancellationToken cancellationToken = default)
    {
        await AskAsync($"{question} / {fresh.Text} / {cached.Text}", cancellationToken);
        return fresh.Text == cached.Text ? AnswerComparison.Same : AnswerComparison.Different;
    }

    private async Task AskAsync(string text, CancellationToken cancellationToken)
    {
        var response = await client.GetResponseAsync(text, cancellationToken: cancellationToken);
        ModelSpending.Report(response.ModelId, response.Usage);
    }
}
