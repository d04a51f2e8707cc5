using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace RagCaching.Pipeline.Models;

/// <summary>The models of a pipeline: its own one, or those that its selector may choose.</summary>
internal sealed class ModelCatalog
{
    private readonly Lazy<PipelineModel> _own;
    private readonly Lazy<Dictionary<string, PipelineModel>> _selectable;
    private readonly IModelSelector? _selector;

    /// <summary>Creates a catalog; models are looked for on first use, since a chat client may need what needs this pipeline.</summary>
    public ModelCatalog(Func<IChatClient> own, IModelSelector? selector, IServiceProvider? services)
    {
        _own = new Lazy<PipelineModel>(() => new PipelineModel(Key: null, own()));
        _selector = selector;
        _selectable = new Lazy<Dictionary<string, PipelineModel>>(() => Find(selector!, services));
        Identity = new Lazy<string>(() => selector is null
            ? _own.Value.Identity()
            : $"{selector.GetType().FullName}:{string.Concat(_selectable.Value.Values.Select(model => model.Identity()))}");
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
        return (Get(choice.Model), choice.EscalateTo is { } other && other != choice.Model ? Get(other) : null);
    }

    private PipelineModel Get(string key) => key is not null && _selectable.Value.TryGetValue(key, out var model)
        ? model
        : throw new InvalidOperationException(
            $"The model selector {_selector!.GetType().Name} chose the model '{key}', which is not among its {nameof(IModelSelector.Models)}: {string.Join(", ", _selector.Models)}.");

    private static Dictionary<string, PipelineModel> Find(IModelSelector selector, IServiceProvider? services)
    {
        if (selector.Models is not { Count: > 0 })
        {
            throw new InvalidOperationException($"The model selector {selector.GetType().Name} names no {nameof(IModelSelector.Models)}.");
        }

        return selector.Models.Distinct(StringComparer.Ordinal).ToDictionary(
            key => key,
            key => new PipelineModel(key, services?.GetKeyedService<IChatClient>(key) ?? throw new InvalidOperationException(
                $"The model selector {selector.GetType().Name} may choose the model '{key}', and no chat client is registered under that key. Add one: services.AddKeyedChatClient(\"{key}\", ...).")),
            StringComparer.Ordinal);
    }
}
