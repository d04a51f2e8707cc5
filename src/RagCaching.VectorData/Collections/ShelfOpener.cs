using Microsoft.Extensions.VectorData;
using RagCaching.VectorData.Records;

namespace RagCaching.VectorData.Collections;

/// <summary>Opens collections, makes those that are missing, and finds out at once whether they can be used.</summary>
/// <param name="store">The database.</param>
/// <param name="options">The settings.</param>
/// <param name="time">The clock.</param>
internal sealed class ShelfOpener(VectorStore store, VectorDataOptions options, TimeProvider time)
{
    private readonly CapabilityProbe _probe = new(options.Schema);
    private bool _isProbed;

    /// <summary>Names a collection to the connector. Nothing is asked of the database yet.</summary>
    /// <exception cref="VectorStoreCapabilityException">The connector does not take its fields.</exception>
    public Shelf Define(ShelfName name)
    {
        var text = name.ToText(options.CollectionName);
        try
        {
            return new Shelf(name, store.GetDynamicCollection(text, RecordFields.Define(options.Schema, name.StoredDimensions)));
        }
        catch (SystemException exception) when (CapabilityProbe.SaysNoOffline(exception))
        {
            throw Refused(text, name.StoredDimensions, exception);
        }
    }

    /// <summary>Makes a collection if it is missing, and looks whether it can be used.</summary>
    /// <exception cref="VectorStoreCapabilityException">The database lacks what is needed, or the collection is missing and must not be made.</exception>
    public async Task CheckAsync(Shelf shelf, CancellationToken cancellationToken)
    {
        await EnsureAsync(shelf, cancellationToken).ConfigureAwait(false);
        if (!options.CollectionPerPartition || !_isProbed)
        {
            await _probe.RunAsync(shelf, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            _isProbed = true;
        }
    }

    private async Task EnsureAsync(Shelf shelf, CancellationToken cancellationToken)
    {
        if (!options.CreateCollections)
        {
            if (!await shelf.ExistsAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new VectorStoreCapabilityException(
                    $"There is no collection '{shelf.CollectionName}', and {nameof(VectorDataOptions)}.{nameof(options.CreateCollections)} is off. Make it with the fields "
                    + $"{RecordFields.Describe(options.Schema, shelf.Name.StoredDimensions)}.")
                {
                    CollectionName = shelf.CollectionName,
                };
            }

            return;
        }

        try
        {
            await shelf.EnsureExistsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SystemException exception) when (CapabilityProbe.SaysNo(exception))
        {
            throw Refused(shelf.CollectionName, shelf.Name.StoredDimensions, exception);
        }
        catch (VectorStoreException exception) when (CapabilityProbe.SaysNo(exception))
        {
            throw Refused(shelf.CollectionName, shelf.Name.StoredDimensions, exception);
        }
    }

    private VectorStoreCapabilityException Refused(string name, int dimensions, Exception exception) => new(
        $"The vector database cannot have the collection '{name}' with the fields {RecordFields.Describe(options.Schema, dimensions)}, the index '{options.Schema.IndexKind}' and the distance function "
        + $"'{options.Schema.DistanceFunction}': {exception.Message} Set {nameof(VectorDataOptions)}.{nameof(options.Schema)} to what it can have; docs/vector-databases.md has a table.",
        exception)
    {
        CollectionName = name,
    };
}
