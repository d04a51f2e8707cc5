namespace RagCaching.VectorStores;

/// <summary>A store through which instances tell each other what they have learnt.</summary>
internal interface ILearningFeed
{
    /// <summary>Tells the others. Returns at once; what cannot be told is counted.</summary>
    /// <param name="topic">What it is about, a digest.</param>
    /// <param name="content">What was learnt.</param>
    void Publish(string topic, ReadOnlyMemory<byte> content);

    /// <summary>Asks to be told what others have learnt.</summary>
    /// <param name="listener">Is given topic and content, one after the other. It must not throw.</param>
    void OnLearnt(Action<string, ReadOnlyMemory<byte>> listener);
}
