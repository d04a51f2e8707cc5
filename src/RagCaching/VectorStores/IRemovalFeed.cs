namespace RagCaching.VectorStores;

/// <summary>A store in which others remove entries, too.</summary>
internal interface IRemovalFeed
{
    /// <summary>Asks to be told of the removals of others, before the store forgets the entries.</summary>
    /// <param name="listener">Is given each removal. It must not throw.</param>
    void OnRemoval(Action<VectorFilter> listener);
}
