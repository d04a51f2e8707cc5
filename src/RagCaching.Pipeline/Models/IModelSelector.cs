namespace RagCaching;

/// <summary>Chooses which model answers a question, once it is known what was retrieved for it.</summary>
/// <remarks>Implementations are thread-safe. One that throws, or that names a model that is not there, fails the question: the mistake is the owner's to see.</remarks>
public interface IModelSelector
{
    /// <summary>Gets the models that may be chosen.</summary>
    /// <value>
    /// The keys under which their chat clients are registered, <see langword="null"/> for the pipeline's own chat client; at least one. They are a part of the fingerprint of every
    /// question, so answers of one set of models are never served where another one is configured.
    /// </value>
    IReadOnlyList<object?> Models { get; }

    /// <summary>Chooses.</summary>
    /// <param name="request">The question and what was retrieved for it.</param>
    /// <param name="cancellationToken">Cancels the choice.</param>
    /// <returns>The model to ask, and perhaps another one to ask if it declines.</returns>
    ValueTask<ModelChoice> SelectAsync(ModelSelectionRequest request, CancellationToken cancellationToken = default);
}
