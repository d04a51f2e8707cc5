namespace RagCaching;

/// <summary>Which model is asked.</summary>
/// <param name="Model">The key of its chat client, one of <see cref="IModelSelector.Models"/>; <see langword="null"/> for the pipeline's own chat client.</param>
/// <param name="EscalateTo">
/// The choice that is made if the first model declines, which may not escalate further; <see langword="null"/> to take what the first one says. With one, the first model is told
/// how to decline, and nothing of its answer is shown until it is clear that it does not.
/// </param>
public sealed record ModelChoice(object? Model, ModelChoice? EscalateTo = null);
