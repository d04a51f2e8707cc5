using BitFaster.Caching.Lru;
using RagCaching.Internal.Digests;

namespace RagCaching.Semantic.Entries;

/// <summary>Turns scopes, partitions, questions and labels into digests: stores see nothing else.</summary>
internal sealed class KeySpace(byte[] secret, EmbeddingModelIdentity embedding)
{
    private const int ScratchSize = 512;

    // Most queries come from a few scopes and partitions; the rest is hashed again. In this process, nothing is gained by forgetting them.
    private const int RememberedNames = 1_024;

    private readonly ConcurrentLru<(CacheScope Scope, string? Partition), PartitionNames> _names = new(RememberedNames);

    /// <summary>Gets the name of the partition in which what error budgets learnt is kept.</summary>
    public string BudgetPartition { get; } = BudgetPartitionName(secret, embedding);

    /// <summary>Gets a name for the model that computes the vectors.</summary>
    public string EmbeddingModel { get; } = EmbeddingModelLabel(secret, embedding);

    /// <summary>Gets the name that the model has itself, if it has one.</summary>
    public string? EmbeddingModelName => embedding.Name;

    /// <summary>Gets what tells the secret from others, and nothing about it.</summary>
    public string Check { get; } = CheckOf(secret);

    /// <summary>Names the partition of a store, the wall between answers that must never meet, and the label of everything in the same scope.</summary>
    public PartitionNames NamesOf(CacheScope scope, string? partition) =>
        _names.GetOrAdd((scope, partition), static (key, keys) => new PartitionNames(keys.PartitionName(key.Scope, key.Partition), keys.ScopeLabel(key.Scope)), this);

    /// <summary>Identifies a question within its partition, character by character.</summary>
    /// <param name="partition">The name of the partition.</param>
    /// <param name="question">The question.</param>
    /// <param name="context">What else must be equal for an exact repeat; <see langword="null"/> for nothing.</param>
    public Digest Question(string partition, string question, string? context = null)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], "ragcaching/question/1");
        builder.Add(partition);
        builder.Add(question);
        if (context is not null)
        {
            builder.Add(context);
        }

        return builder.Complete(secret);
    }

    public string ScopeLabel(CacheScope scope)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], "ragcaching/label/scope/1");
        scope.AddTo(ref builder);
        return builder.Complete(secret).ToShortText();
    }

    public string TagLabel(string tag) => Label("ragcaching/label/tag/1", tag);

    public string SourceLabel(string sourceId) => Label("ragcaching/label/source/1", sourceId);

    public string ModelLabel(string modelId) => Label("ragcaching/label/model/1", modelId);

    public string CreatorLabel(string createdBy) => Label("ragcaching/label/created-by/1", createdBy);

    private static string BudgetPartitionName(byte[] secret, EmbeddingModelIdentity embedding)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], "ragcaching/budget/1");
        embedding.AddTo(ref builder);
        return builder.Complete(secret).ToText();
    }

    private static string CheckOf(byte[] secret) => new DigestBuilder(stackalloc byte[ScratchSize], "ragcaching/keys/1").Complete(secret).ToShortText();

    private static string EmbeddingModelLabel(byte[] secret, EmbeddingModelIdentity embedding)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], "ragcaching/embedding-model/1");
        embedding.AddTo(ref builder);
        return builder.Complete(secret).ToShortText();
    }

    private string PartitionName(CacheScope scope, string? partition)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], "ragcaching/partition/1");
        scope.AddTo(ref builder);
        embedding.AddTo(ref builder);
        builder.Add(partition);
        return builder.Complete(secret).ToText();
    }

    private string Label(string domain, string text)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], domain);
        builder.Add(text);
        return builder.Complete(secret).ToShortText();
    }

    /// <summary>What a scope and a partition are called in a store.</summary>
    /// <param name="Partition">The name of the store's partition.</param>
    /// <param name="ScopeLabel">The label that every entry of the scope carries.</param>
    internal sealed record PartitionNames(string Partition, string ScopeLabel);
}
