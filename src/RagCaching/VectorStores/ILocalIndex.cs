namespace RagCaching.VectorStores;

/// <summary>A store that answers from this process: it is exact, what it hands out has been checked when it came in, and its times are measured here.</summary>
internal interface ILocalIndex : IVectorStore
{
    /// <summary>Gets a value indicating whether a search hands out answers at no cost.</summary>
    bool HandsOutPayloads { get; }
}
