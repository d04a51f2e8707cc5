namespace RagCaching;

/// <summary>Which model is asked.</summary>
/// <param name="Model">The key of its chat client; one of <see cref="IModelSelector.Models"/>.</param>
/// <param name="EscalateTo">
/// The key of the chat client that is asked if the first one declines; <see langword="null"/> to take what the first one says. With one, the first model is told how to
/// decline, and nothing of its answer is shown until it is clear that it does not.
/// </param>
public sealed record ModelChoice(string Model, string? EscalateTo = null);
