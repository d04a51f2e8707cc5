namespace RagCaching.Pipeline.Tests.TestDoubles;

/// <summary>A model selector whose choice a test sets.</summary>
internal sealed class SelectorDouble : IModelSelector
{
    public IReadOnlyList<object?> Models { get; set; } = ["small", "large"];

    public Func<ModelSelectionRequest, ModelChoice> Choose { get; set; } = _ => new ModelChoice("small", EscalateTo: new ModelChoice("large"));

    public ValueTask<ModelChoice> SelectAsync(ModelSelectionRequest request, CancellationToken cancellationToken = default) => ValueTask.FromResult(Choose(request));
}
