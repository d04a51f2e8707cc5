using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagCaching.Testing.Models;

namespace RagCaching;

public sealed partial class ScriptedChatClient
{
    private async Task<ChatResponse> RespondAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (call, answer, id) = Receive(messages, options, isStreaming: false);
        try
        {
            var pieces = answer.Failure is null ? answer.Pieces.Count : Math.Clamp(answer.PiecesBeforeFailure, 0, answer.Pieces.Count) + 1;
            await WaitAsync(AtLeastZero(answer.FirstPieceDelay) + (AtLeastZero(answer.PieceDelay) * Math.Max(0, pieces - 1)), cancellationToken).ConfigureAwait(false);
            ThrowIfFailed(call, answer);

            call.Complete(UsageOf(call, answer));
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, [new TextContent(answer.Text), .. OwnContents.Of(answer.Contents)]) { MessageId = id })
            {
                ResponseId = id,
                ModelId = _metadata.DefaultModelId,
                CreatedAt = _time.GetUtcNow(),
                FinishReason = answer.FinishReason,
                Usage = UsageOf(call, answer),
            };
        }
        finally
        {
            call.End(ScriptedCallState.Abandoned);
        }
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (call, answer, id) = Receive(messages, options, isStreaming: true);
        try
        {
            for (var i = 0; i < answer.Pieces.Count; i++)
            {
                await WaitAsync(i == 0 ? answer.FirstPieceDelay : answer.PieceDelay, cancellationToken).ConfigureAwait(false);
                if (i >= answer.PiecesBeforeFailure)
                {
                    ThrowIfFailed(call, answer);
                }

                call.CountPiece();
                yield return UpdateOf(id, new TextContent(answer.Pieces[i]));
            }

            // What has no piece, or fails after all of them, takes its time too.
            if (answer.Pieces.Count == 0 || answer.Failure is not null)
            {
                await WaitAsync(answer.Pieces.Count == 0 ? answer.FirstPieceDelay : answer.PieceDelay, cancellationToken).ConfigureAwait(false);
                ThrowIfFailed(call, answer);
            }

            call.Complete(UsageOf(call, answer));
            var last = UpdateOf(id, [.. OwnContents.Of(answer.Contents), new UsageContent(UsageOf(call, answer))]);
            last.FinishReason = answer.FinishReason;
            yield return last;
        }
        finally
        {
            call.End(ScriptedCallState.Abandoned);
        }
    }

    private static TimeSpan AtLeastZero(TimeSpan delay) => delay > TimeSpan.Zero ? delay : TimeSpan.Zero;

    private Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        duration > TimeSpan.Zero ? Task.Delay(duration, _time, cancellationToken)
        : cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken)
        : Task.CompletedTask;

    private ChatResponseUpdate UpdateOf(string id, params IList<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = id,
        MessageId = id,
        ModelId = _metadata.DefaultModelId,
        CreatedAt = _time.GetUtcNow(),
    };

    private static void ThrowIfFailed(ScriptedChatCall call, ScriptedAnswer answer)
    {
        if (answer.Failure is { } failure)
        {
            call.End(ScriptedCallState.Failed);
            throw failure;
        }
    }

    // New each time: callers add to what they get, as FunctionInvokingChatClient does.
    private static UsageDetails UsageOf(ScriptedChatCall call, ScriptedAnswer answer)
    {
        if (answer.Usage is { } usage)
        {
            return OwnContents.Of(usage);
        }

        var input = call.Messages.Sum(message => WordCount.Of(message.Text));
        var output = WordCount.Of(answer.Text);
        return new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output };
    }
}
