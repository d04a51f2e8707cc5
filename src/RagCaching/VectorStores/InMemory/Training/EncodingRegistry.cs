using System.Collections.Concurrent;
using RagCaching.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.VectorStores.InMemory.Training;

/// <summary>The encodings of one store, for every embedding model and number of dimensions in it, and the background work on them.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EncodingRegistry : IDisposable
{
    private readonly ConcurrentDictionary<(int Dimensions, string? Model), ModelEncoding> _byModel = new();
    private readonly Func<IEnumerable<PartitionIndex>> _partitions;
    private readonly TimeProvider _time;
    private readonly Action<PartitionIndex>? _encoded;
    private readonly IndexingThread _thread;
    private volatile bool _isFilling;

    /// <summary>Starts without encodings.</summary>
    /// <param name="partitions">Lists the partitions of the store.</param>
    /// <param name="time">The clock.</param>
    /// <param name="failed">Told of what background work throws.</param>
    /// <param name="encoded">Told in the background of partitions whose rows have codes of a new encoding.</param>
    public EncodingRegistry(
        Func<IEnumerable<PartitionIndex>> partitions, TimeProvider time, Action<Exception> failed, Action<PartitionIndex>? encoded = null)
    {
        _encoded = encoded;
        _partitions = partitions;
        _time = time;
        _thread = new IndexingThread(failed);
    }

    /// <summary>Gets or sets a value indicating whether the store is being filled with what was stored before: trainings then wait for the end.</summary>
    public bool IsFilling
    {
        get => _isFilling;
        set
        {
            if (_isFilling == value)
            {
                return;
            }

            _isFilling = value;
            foreach (var (_, model) in _byModel)
            {
                model.TrainIfDue();
            }
        }
    }

    /// <summary>Gets the time since the oldest of the encodings in use was trained; <see langword="null"/> if there is none.</summary>
    public TimeSpan? Age
    {
        get
        {
            TimeSpan? oldest = null;
            foreach (var (_, model) in _byModel)
            {
                if (model.Current is { } encoding && _time.GetElapsedTime(encoding.TrainedAt) is var age && !(age < oldest))
                {
                    oldest = age;
                }
            }

            return oldest;
        }
    }

    /// <summary>Gets the encoding for the vectors of a model, or what will become one.</summary>
    /// <param name="dimensions">The number of dimensions.</param>
    /// <param name="model">The name of the model, or <see langword="null"/> for all that are not known.</param>
    public ModelEncoding Of(int dimensions, string? model) =>
        _byModel.GetOrAdd((dimensions, model), static (key, self) => new ModelEncoding(key.Dimensions, () => self._isFilling, self.Train, self.EncodeSketches), this);

    /// <summary>Asks for the scalar codes of a partition.</summary>
    public void EncodeScalar(PartitionIndex partition)
    {
        // The job is made elsewhere, because what it captures would be allocated here by every search that asks.
        if (partition.TryWantScalarCodes())
        {
            AddScalarEncoding(partition);
        }
    }

    /// <summary>Waits until there is nothing left to do in the background.</summary>
    public Task WhenIdleAsync() => _thread.WhenIdleAsync();

    /// <summary>Stops the background work.</summary>
    public void Dispose() => _thread.Dispose();

    private void AddScalarEncoding(PartitionIndex partition) => _thread.Add(token => PartitionEncoder.EncodeScalar(partition, token));

    private void Train(ModelEncoding model) => _thread.Add(token =>
    {
        try
        {
            // Vectors that come during a training may make the next one due at once.
            while (model.IsTrainingDue)
            {
                if (EncodingTrainer.Train(model, _partitions(), _time.GetTimestamp(), token) is not { } encoding)
                {
                    return;
                }

                model.Publish(encoding);
                EncodeAll(model, encoding, token);
            }
        }
        finally
        {
            model.TrainingEnded();
        }

        // What became due after the last look found a training under way, and will not ask again.
        model.TrainIfDue();
    });

    private void EncodeAll(ModelEncoding model, SketchEncoding encoding, CancellationToken cancellationToken)
    {
        foreach (var partition in _partitions())
        {
            if (ReferenceEquals(partition.Encoding, model) && partition.RowCount >= SketchLayout.FewestRows)
            {
                PartitionEncoder.EncodeSketches(partition, encoding, cancellationToken);
                _encoded?.Invoke(partition);
            }
        }
    }

    private void EncodeSketches(PartitionIndex partition) => _thread.Add(token =>
    {
        if (partition.Encoding?.Current is { } encoding)
        {
            PartitionEncoder.EncodeSketches(partition, encoding, token);
        }
    });
}
