using RagCaching.VectorStores.InMemory.Pruning;

namespace RagCaching.VectorStores.InMemory.Rows;

/// <summary>What turns the vectors of one embedding model into sketches, and what a partition tells it about its rows.</summary>
/// <remarks>Thread-safe. What a partition tells, it tells under its lock.</remarks>
internal interface IModelEncoding
{
    /// <summary>Gets the encoding for new sketches, if there is one yet.</summary>
    SketchEncoding? Current { get; }

    /// <summary>Takes note of a new row.</summary>
    /// <param name="partition">Its partition.</param>
    void Added(PartitionIndex partition);

    /// <summary>Takes note that a partition's rows are in new segments, which have no codes yet.</summary>
    /// <param name="partition">The partition.</param>
    void Moved(PartitionIndex partition);

    /// <summary>Takes note that a row is gone.</summary>
    void Removed();
}
