using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagCaching.Pipeline.Diagnostics;

namespace RagCaching.Pipeline.Models;

/// <summary>Asks a model, and another one if the first declines.</summary>
internal sealed class ModelCaller(PipelineTelemetry telemetry)
{
    /// <summary>Asks for a whole answer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="escalateTo">The model to ask if the first one declines.</param>
    /// <param name="prompt">Writes the prompt; is told whether it is for a model that may decline.</param>
    /// <param name="options">The caller's options.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<ChatResponse> AskAsync(
        PipelineModel model, PipelineModel? escalateTo, Func<bool, IEnumerable<ChatMessage>> prompt, ChatOptions? options, CancellationToken cancellationToken)
    {
        var response = await AskAsync(model, prompt(escalateTo is not null), options, cancellationToken).ConfigureAwait(false);
        if (escalateTo is null || !DeclineWatch.Declines(response.Text))
        {
            return response;
        }

        var declinedFor = response.Usage;
        Escalated(model, escalateTo, options);
        response = await AskAsync(escalateTo, prompt(false), options, cancellationToken).ConfigureAwait(false);
        if (declinedFor is not null)
        {
            declinedFor.Add(response.Usage ?? new UsageDetails());
            response.Usage = declinedFor;
        }

        return response;
    }

    /// <summary>Asks for a stream. Nothing of an answer is handed on while it may yet turn out to decline.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        PipelineModel model,
        PipelineModel? escalateTo,
        Func<bool, IEnumerable<ChatMessage>> prompt,
        ChatOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = new DeclineWatch();
        if (escalateTo is not null)
        {
            var held = new List<ChatResponseUpdate>();
            await foreach (var update in StreamAsync(model, prompt(true), options, cancellationToken).ConfigureAwait(false))
            {
                watch.Add(update.Text);
                if (watch.IsDeclined)
                {
                    break;
                }

                held.Add(update);
                if (!watch.IsOpen)
                {
                    foreach (var released in held)
                    {
                        yield return released;
                    }

                    held.Clear();
                }
            }

            watch.End();
            foreach (var released in watch.IsDeclined ? [] : held)
            {
                yield return released;
            }

            if (!watch.IsDeclined)
            {
                yield break;
            }

            Escalated(model, escalateTo, options);
        }

        await foreach (var update in StreamAsync(escalateTo ?? model, prompt(false), options, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    private static async Task<ChatResponse> AskAsync(PipelineModel model, IEnumerable<ChatMessage> prompt, ChatOptions? options, CancellationToken cancellationToken)
    {
        var response = await model.Client.GetResponseAsync(prompt, model.OptionsFor(options), cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The chat client of {Describe(model, options)} returned null instead of a response.");
        response.ModelId ??= model.NameFor(options);
        return response;
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        PipelineModel model, IEnumerable<ChatMessage> prompt, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var updates = model.Client.GetStreamingResponseAsync(prompt, model.OptionsFor(options), cancellationToken)
            ?? throw new InvalidOperationException($"The chat client of {Describe(model, options)} returned null instead of a stream.");
        await foreach (var update in updates.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (update is null)
            {
                throw new InvalidOperationException($"The stream of {Describe(model, options)} contains null instead of an update.");
            }

            update.ModelId ??= model.NameFor(options);
            yield return update;
        }
    }

    private static string Describe(PipelineModel model, ChatOptions? options) => model.NameFor(options) is { } name ? $"the model '{name}'" : "the pipeline's model";

    private void Escalated(PipelineModel model, PipelineModel escalateTo, ChatOptions? options) =>
        telemetry.Escalated(model.NameFor(options) ?? "", escalateTo.NameFor(options) ?? "");
}
