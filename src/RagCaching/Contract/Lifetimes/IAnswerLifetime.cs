namespace RagCaching;

/// <summary>Decides how long a new answer stays valid, whether it is served by meaning, and whether it is stored at all.</summary>
/// <remarks>
/// Asked once for each answer that is about to be stored, after the rules of <see cref="LifetimeOptions"/>. The first that returns something other than <see cref="AnswerLifetime.Default"/> decides. One that throws
/// is counted, and what the rules say holds. Implementations are thread-safe and fast: the caller of the model waits for them.
/// </remarks>
public interface IAnswerLifetime
{
    /// <summary>Decides about an answer.</summary>
    /// <param name="facts">What is known about it.</param>
    /// <returns>The decision.</returns>
    AnswerLifetime Decide(AnswerFacts facts);
}
