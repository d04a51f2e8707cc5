using RagCaching.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.VectorStores.InMemory.Training;

/// <summary>The encoding of all vectors of one embedding model and number of dimensions, whatever partition they are in, and when to train the next one.</summary>
/// <remarks>
/// One basis for all partitions, so that the smallest tenant profits from the axes of the whole; of each other's vectors they learn nothing but
/// how long a search takes. Thread-safe.
/// </remarks>
internal sealed class ModelEncoding : IModelEncoding
{
    /// <summary>The fewest vectors to train on.</summary>
    internal const int FirstTraining = 256;

    /// <summary>Up to this size every doubling is worth a training, which takes a fraction of a second then and changes much.</summary>
    private const long SmallTraining = 4_096;

    private const int Growth = 4;

    /// <summary>From this size on a basis is only trained anew when the data have changed: a larger sample would not make it better.</summary>
    private const long LargestTraining = 65_536;

    private readonly Func<bool> _isFilling;
    private readonly Action<ModelEncoding> _train;
    private readonly Action<PartitionIndex> _encode;
    private SketchEncoding? _current;
    private long _rows;
    private int _isTraining;

    /// <summary>Starts without an encoding.</summary>
    /// <param name="dimensions">The number of dimensions.</param>
    /// <param name="isFilling">Tells whether many vectors are still to come.</param>
    /// <param name="train">Asks for a training; <see cref="TrainingEnded"/> has to follow.</param>
    /// <param name="encode">Asks for the codes of a partition.</param>
    public ModelEncoding(int dimensions, Func<bool> isFilling, Action<ModelEncoding> train, Action<PartitionIndex> encode)
    {
        Dimensions = dimensions;
        Layout = new SketchLayout(dimensions);
        _isFilling = isFilling;
        _train = train;
        _encode = encode;
    }

    public int Dimensions { get; }

    public SketchLayout Layout { get; }

    /// <summary>Gets the number of vectors.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <inheritdoc/>
    public SketchEncoding? Current => Volatile.Read(ref _current);

    /// <summary>Gets a value indicating whether there are enough vectors for a first training or for a better one.</summary>
    /// <remarks>While an index is filled, only a training that will not be repeated is worth the processor that the filling needs.</remarks>
    public bool IsTrainingDue => IsWorthATraining && (Rows >= LargestTraining || !_isFilling());

    private bool IsWorthATraining =>
        Current is not { } current ? Rows >= FirstTraining
        : Rows >= NextTraining(current.TrainedRows) || current.IsOutdated;

    /// <inheritdoc/>
    public void Added(PartitionIndex partition)
    {
        Interlocked.Increment(ref _rows);
        if (Dimensions < SketchLayout.FewestDimensions || partition.RowCount < SketchLayout.FewestRows)
        {
            return;
        }

        TrainIfDue();
        if (partition.RowCount == SketchLayout.FewestRows && Current is not null)
        {
            _encode(partition);
        }
    }

    /// <inheritdoc/>
    public void Removed() => Interlocked.Decrement(ref _rows);

    /// <inheritdoc/>
    public void Moved(PartitionIndex partition)
    {
        if (partition.RowCount >= SketchLayout.FewestRows && Current is not null)
        {
            _encode(partition);
        }
    }

    /// <summary>Asks for a training if one is due and none is under way.</summary>
    public void TrainIfDue()
    {
        if (Dimensions >= SketchLayout.FewestDimensions && IsTrainingDue && Interlocked.Exchange(ref _isTraining, 1) == 0)
        {
            _train(this);
        }
    }

    /// <summary>Makes an encoding the one for new codes.</summary>
    public void Publish(SketchEncoding encoding) => Volatile.Write(ref _current, encoding);

    /// <summary>Allows the next training.</summary>
    public void TrainingEnded() => Volatile.Write(ref _isTraining, 0);

    private static long NextTraining(long trainedRows) => trainedRows switch
    {
        < SmallTraining => trainedRows * 2,
        < LargestTraining => trainedRows * Growth,
        _ => long.MaxValue,
    };
}
