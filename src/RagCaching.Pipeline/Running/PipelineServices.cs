using Microsoft.Extensions.AI;

namespace RagCaching.Pipeline.Running;

/// <summary>What a pipeline is given by its host.</summary>
internal sealed class PipelineServices
{
    public required Func<IChatClient> ChatClient { get; init; }

    public required IEnumerable<IRetriever> Retrievers { get; init; }

    public ISemanticCache? Cache { get; init; }

    public ISemanticCacheManager? Manager { get; init; }

    public ICachedEmbedder? Embedder { get; init; }

    public IModelSelector? Selector { get; init; }

    public IQuestionRewriter? Rewriter { get; init; }

    public IReranker? Reranker { get; init; }

    public Func<IEnumerable<IMatchGuard>> Guards { get; init; } = static () => [new LexicalGuard()];

    /// <summary>Gets a value indicating whether the cache's questions without a scope are shared.</summary>
    public bool SharesAcrossCallers { get; init; }
}
