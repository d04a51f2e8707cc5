using Microsoft.Extensions.AI;

namespace RagCaching;

/// <summary>Shorter forms of the members of <see cref="RagPipeline"/>, for questions without a conversation.</summary>
public static class RagPipelineExtensions
{
    /// <summary>Answers a question.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="question">The question; not blank.</param>
    /// <param name="options">Options for the model, and what the request says to the cache.</param>
    /// <param name="cancellationToken">Cancels this caller's wait; work that others wait for goes on.</param>
    /// <returns>The answer and how it came about.</returns>
    /// <exception cref="RetrievalException">Every retriever failed.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="pipeline"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="question"/> is <see langword="null"/> or blank.</exception>
    public static Task<RagAnswer> AskAsync(this RagPipeline pipeline, string question, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentException.ThrowIfNullOrWhiteSpace(question);

        return pipeline.AskAsync([new ChatMessage(ChatRole.User, question)], options, cancellationToken);
    }

    /// <summary>Answers a question as a stream.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="question">The question; not blank.</param>
    /// <param name="options">Options for the model, and what the request says to the cache.</param>
    /// <param name="cancellationToken">Cancels the stream, as the token of its enumeration does.</param>
    /// <returns>The stream. It fails as <see cref="AskAsync"/> does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pipeline"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="question"/> is <see langword="null"/> or blank.</exception>
    public static RagStreamingAnswer StreamAsync(this RagPipeline pipeline, string question, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentException.ThrowIfNullOrWhiteSpace(question);

        return pipeline.StreamAsync([new ChatMessage(ChatRole.User, question)], options, cancellationToken);
    }
}
