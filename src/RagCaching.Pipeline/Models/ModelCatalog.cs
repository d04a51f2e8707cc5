using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.Pipeline.Models;

/// <summary>The models of a pipeline: its own one, or those that its selector may choose.</summary>
internal sealed class ModelCatalog
{
    private readonly Lazy<PipelineModel> _own;
    private readonly Lazy<PipelineModel[]> _selectable;
    private readonly IModelSelector? _selector;

    /// <summary>Creates a catalog; models are looked for on first use, since a chat client may need what needs this pipeline, and again where that failed.</summary>
    public ModelCatalog(Func<IChatClient> own, IModelSelector? selector, IServiceProvider? services)
    {
        _own = new Lazy<PipelineModel>(() => new PipelineModel(Key: null, own()), LazyThreadSafetyMode.PublicationOnly);
        _selector = selector;
        _selectable = new Lazy<PipelineModel[]>(() => Find(selector!, services), LazyThreadSafetyMode.PublicationOnly);
        Identity = new Lazy<string>(
            () => selector is null ? _own.Value.Identity() : $"{selector.GetType().FullName}:{string.Concat(_selectable.Value.Select(model => model.Identity()))}",
            LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Gets what tells these models from others.</summary>
    public Lazy<string> Identity { get; }

    /// <summary>Chooses the model for a question.</summary>
    /// <returns>The model, and the one to ask if it declines.</returns>
    /// <exception cref="InvalidOperationException">The selector chose something that is not there.</exception>
    public async ValueTask<(PipelineModel Model, PipelineModel? EscalateTo)> SelectAsync(ModelSelectionRequest request, CancellationToken cancellationToken)
    {
        if (_selector is null)
        {
            return (_own.Value, null);
        }

        var choice = await _selector.SelectAsync(request, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The model selector {_selector.GetType().Name} returned null instead of a choice.");
        if (choice.EscalateTo is not { } other)
        {
            return (Get(choice.Model), null);
        }

        return other.EscalateTo is null
            ? (Get(choice.Model), Equals(other.Model, choice.Model) ? null : Get(other.Model))
            : throw new InvalidOperationException(
                $"The model selector {_selector.GetType().Name} escalates from the model {Name(choice.Model)} to {Name(other.Model)} and from there further; a choice may escalate once.");
    }

    private static string Name(object? key) => key is null ? "of the pipeline" : $"'{key}'";

    private PipelineModel Get(object? key) => Array.Find(_selectable.Value, model => Equals(model.Key, key))
        ?? throw new InvalidOperationException(
            $"The model selector {_selector!.GetType().Name} chose the model {Name(key)}, which is not among its {nameof(IModelSelector.Models)}: {string.Join(", ", _selector.Models.Select(Name))}.");

    private PipelineModel[] Find(IModelSelector selector, IServiceProvider? services)
    {
        if (selector.Models is not { Count: > 0 })
        {
            throw new InvalidOperationException($"The model selector {selector.GetType().Name} names no {nameof(IModelSelector.Models)}.");
        }

        return [.. selector.Models.Distinct().Select(key => key is null ? _own.Value : new PipelineModel(key, services?.GetKeyedService<IChatClient>(key) ?? throw new InvalidOperationException(
            $"The model selector {selector.GetType().Name} may choose the model '{key}', and no chat client is registered under that key. Add one: services.AddKeyedChatClient(\"{key}\", ...).")))];
    }
}
