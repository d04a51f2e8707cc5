using RagCaching.VectorStores;

namespace RagCaching;

/// <content>What is learnt is shared.</content>
public sealed partial class JournaledVectorStore : ILearningFeed
{
    void ILearningFeed.Publish(string topic, ReadOnlyMemory<byte> content) => _writer.Post(JournalChange.Learn(topic, content));

    void ILearningFeed.OnLearnt(Action<string, ReadOnlyMemory<byte>> listener) => _follower.Learning += listener;
}
