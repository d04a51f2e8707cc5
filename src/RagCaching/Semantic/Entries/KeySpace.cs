using RagCaching.Internal;

namespace RagCaching.Semantic.Entries;

/// <summary>Turns scopes, partitions, questions and labels into digests: stores see nothing else.</summary>
internal sealed class KeySpace(byte[] secret, EmbeddingModelIdentity embedding)
{
    private const int ScratchSize = 512;

    /// <summary>Names the partition of a store: the wall between answers that must never meet.</summary>
    public string Partition(CacheScope scope, string? partition)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], "ragcaching/partition/1");
        scope.AddTo(ref builder);
        embedding.AddTo(ref builder);
        builder.Add(partition);
        return builder.Complete(secret).ToText();
    }

    /// <summary>Identifies a question within its partition, character by character.</summary>
    public Digest Question(string partition, string question)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], "ragcaching/question/1");
        builder.Add(partition);
        builder.Add(question);
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

    private string Label(string domain, string text)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], domain);
        builder.Add(text);
        return builder.Complete(secret).ToShortText();
    }
}
