using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>The models: they take their time, fail or stop early as a step says, and give answers that name themselves.</summary>
internal sealed class Model(History history)
{
    private const int LongestAnswer = 600;
    private const int Speeds = 4;

    /// <summary>Gets a whole answer.</summary>
    public async Task<ChatResponse> AnswerAsync(Operation operation, SemanticCacheEntryContext? context, CancellationToken cancellationToken)
    {
        var pieces = new List<ChatResponseUpdate>();
        await foreach (var piece in StreamAsync(operation, context, cancellationToken))
        {
            pieces.Add(piece);
        }

        return pieces.ToChatResponse();
    }

    /// <summary>Streams an answer.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(Operation operation, SemanticCacheEntryContext? context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var step = operation.Step;
        var answer = history.BeginAnswer(operation);
        operation.Own = answer;
        context?.Store = step.Behavior != Behavior.NotStored;
        try
        {
            var pieces = AnswerText.Make(answer.Number, step.Chance % LongestAnswer);
            for (var i = 0; i < pieces.Count; i++)
            {
                await Moments.PassAsync((step.Chance + i) % Speeds, cancellationToken);
                if (i == pieces.Count / 2 && step.Behavior == Behavior.ModelFails)
                {
                    throw new ModelFailureException();
                }

                var isEnd = i == pieces.Count - 1 || (i == pieces.Count / 2 && step.Behavior == Behavior.AnswerIsCutOff);
                if (isEnd)
                {
                    answer.Ended = history.Now;
                    answer.IsComplete = step.Behavior != Behavior.AnswerIsCutOff;
                }

                yield return new ChatResponseUpdate(ChatRole.Assistant, pieces[i])
                {
                    MessageId = "m",
                    ModelId = NameOf(step.Model),
                    FinishReason = !isEnd ? null : answer.IsComplete ? ChatFinishReason.Stop : ChatFinishReason.Length,
                };
                if (isEnd)
                {
                    yield break;
                }
            }
        }
        finally
        {
            answer.Ended = Math.Min(answer.Ended, history.Now);
        }
    }

    public static string NameOf(int model) => $"model {(char)('a' + model)}";
}
