using System.Text;
using RagCaching.Engines.Tests.Histories.Plans;
using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>A caller: carries out steps and records what comes of them.</summary>
internal sealed class Worker(World world)
{
    private const int LongestStay = 6;

    private readonly History _history = world.History;
    private readonly Model _model = new(world.History);

    public async Task RunAsync(Step step, Instance? at = null, bool isFinal = false)
    {
        var instance = at ?? world.At(step.Tenant, step.Slot);
        string? entryId = null;
        if (step.Kind is StepKind.RemoveId or StepKind.ReportWrong && !world.EntryIds.TryGetValue(step.Key, out entryId))
        {
            return;
        }

        var operation = _history.Begin(step, instance.Life, instance.Known(_history), isFinal);
        operation.EntryId = entryId;
        using var leaving = new CancellationTokenSource();
        var stay = step.Behavior == Behavior.CallerLeaves ? LeaveAsync(step.Chance % LongestStay, leaving) : Task.CompletedTask;

        try
        {
            await CallAsync(operation, instance, leaving.Token);
        }
        catch (Exception exception)
        {
            operation.HasLeft |= leaving.IsCancellationRequested;
            operation.Failure = exception;
        }

        operation.KnownAfter = instance.Known(_history);
        operation.Responded = _history.Now;
        await stay;
        if (operation is { EntryId: { Length: > 0 } id, Failure: null })
        {
            world.EntryIds[step.Key] = id;
        }
    }

    private static async Task LeaveAsync(int stay, CancellationTokenSource leaving)
    {
        await Moments.PassAsync(stay);
        await leaving.CancelAsync();
    }

    private static EntryFilter FilterOf(Step step) => step.Kind switch
    {
        StepKind.RemoveScope => new EntryFilter { Scope = Names.Scope(step.Scope) },
        StepKind.RemoveTag => new EntryFilter { Scope = Names.Scope(step.Scope), Tag = TagOf(step) },
        StepKind.RemoveModel => new EntryFilter { Scope = Names.Scope(step.Scope), ModelId = Model.NameOf(step.Model) },
        _ => new EntryFilter { AllScopes = true, Tag = TagOf(step) },
    };

    private static SemanticCacheQuery QueryOf(Step step) => new(Questions.Text(step.Group, step.Wording))
    {
        Scope = Names.Scope(step.Scope),
        Partition = Model.NameOf(step.Model),
        Tags = [TagOf(step)],
        TimeToLive = step.TimeToLive,
        Mode = step.Mode,
    };

    private static string TagOf(Step step) => $"{Names.Text(step.Tag * 11)} tag {step.Tag}";

    private static void Take(Operation operation, SemanticCacheResult result)
    {
        operation.Outcome = result.Outcome;
        operation.Reason = result.Reason;
        operation.EntryId = result.EntryId;
        operation.Text = result.Response?.Text ?? operation.Text;
    }

    private async Task CallAsync(Operation operation, Instance instance, CancellationToken cancellationToken)
    {
        var step = operation.Step;
        switch (step.Kind)
        {
            case StepKind.Get:
                Take(operation, await instance.Cache.GetOrCreateAsync(QueryOf(step), (context, token) => _model.AnswerAsync(operation, context, token), cancellationToken));
                break;
            case StepKind.Stream:
                await StreamAsync(operation, instance, cancellationToken);
                break;
            case StepKind.Lookup:
                Take(operation, await instance.Cache.LookupAsync(QueryOf(step), cancellationToken));
                break;
            case StepKind.Store:
                operation.EntryId = await instance.Cache.StoreAsync(QueryOf(step), await _model.AnswerAsync(operation, context: null, cancellationToken), cancellationToken);
                break;
            case StepKind.RemoveId:
                operation.Status = await instance.Manager.RemoveAsync(operation.EntryId!, Names.Scope(step.Scope), CancellationToken.None);
                break;
            case StepKind.ReportWrong:
                operation.Status = await instance.Manager.ReportAsync(operation.EntryId!, Questions.Text(step.Group, step.Wording), correct: false, Names.Scope(step.Scope), CancellationToken.None);
                break;
            default:
                await instance.Manager.RemoveWhereAsync(FilterOf(step), CancellationToken.None);
                break;
        }
    }

    private async Task StreamAsync(Operation operation, Instance instance, CancellationToken cancellationToken)
    {
        var stream = await instance.Cache.GetOrStreamAsync(QueryOf(operation.Step), (context, token) => _model.StreamAsync(operation, context, token), cancellationToken);
        var text = new StringBuilder();
        await foreach (var update in stream.WithCancellation(cancellationToken))
        {
            text.Append(update.Text);
            if (operation.Step.Behavior == Behavior.ReaderBreaksOff)
            {
                operation.HasLeft = true;
                return;
            }
        }

        operation.Text = text.ToString();
        Take(operation, stream.Result);
    }
}
