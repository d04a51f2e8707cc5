using System.Collections.Concurrent;
using RagCaching.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.VectorStores.InMemory.Training;

/// <summary>The encodings of one store, for every embedding model and number of dimensions in it, and the background work on them.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class HeadDirectory : IDisposable
{
    private readonly ConcurrentDictionary<(int Dimensions, string? Model), ModelHeads> _byModel = new();
    private readonly Func<IEnumerable<PartitionIndex>> _partitions;
    private readonly TimeProvider _time;
    private readonly HeadBuilder _builder;

    /// <summary>Starts without encodings.</summary>
    /// <param name="partitions">Lists the partitions of the store.</param>
    /// <param name="time">The clock.</param>
    /// <param name="failed">Told of what background work throws.</param>
    public HeadDirectory(Func<IEnumerable<PartitionIndex>> partitions, TimeProvider time, Action<Exception> failed)
    {
        _partitions = partitions;
        _time = time;
        _builder = new HeadBuilder(failed);
    }

    /// <summary>Gets the time since the oldest of the encodings in use was trained; <see langword="null"/> if there is none.</summary>
    public TimeSpan? Age
    {
        get
        {
            TimeSpan? oldest = null;
            foreach (var (_, heads) in _byModel)
            {
                if (heads.Current is { } encoding && _time.GetElapsedTime(encoding.TrainedAt) is var age && !(age < oldest))
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
    public ModelHeads Of(int dimensions, string? model) =>
        _byModel.GetOrAdd((dimensions, model), static (key, self) => new ModelHeads(key.Dimensions, self.Train, self.EncodeHeads), this);

    /// <summary>Asks for the full codes of a partition.</summary>
    public void EncodeFull(PartitionIndex partition)
    {
        // The job is made elsewhere, because what it captures would be allocated here by every search that asks.
        if (partition.TryWantFullCodes())
        {
            AddFullEncoding(partition);
        }
    }

    /// <summary>Waits until there is nothing left to do in the background.</summary>
    public Task WhenIdleAsync() => _builder.WhenIdleAsync();

    /// <summary>Stops the background work.</summary>
    public void Dispose() => _builder.Dispose();

    private void AddFullEncoding(PartitionIndex partition) => _builder.Add(token => PartitionEncoder.EncodeFull(partition, token));

    private void Train(ModelHeads heads) => _builder.Add(token =>
    {
        try
        {
            // Vectors that come during a training may make the next one due at once.
            while (heads.IsTrainingDue && HeadTraining.Run(heads, _partitions(), _time.GetTimestamp(), token) is { } encoding)
            {
                heads.Publish(encoding);
                EncodeAll(heads, encoding, token);
            }
        }
        finally
        {
            heads.TrainingEnded();
        }
    });

    private void EncodeAll(ModelHeads heads, HeadEncoding encoding, CancellationToken cancellationToken)
    {
        foreach (var partition in _partitions())
        {
            if (ReferenceEquals(partition.Heads, heads) && partition.RowCount >= ModelHeads.FewestRows)
            {
                PartitionEncoder.EncodeHeads(partition, encoding, cancellationToken);
            }
        }
    }

    private void EncodeHeads(PartitionIndex partition) => _builder.Add(token =>
    {
        if (partition.Heads?.Current is { } encoding)
        {
            PartitionEncoder.EncodeHeads(partition, encoding, token);
        }
    });
}
