using Microsoft.Extensions.VectorData;
using RagCaching.VectorData.Filters;
using RagCaching.VectorData.Records;

namespace RagCaching.VectorData.Collections;

/// <summary>Asks a collection once for everything that will be asked of it, so that what is missing is named at the start and not by searches that find nothing.</summary>
/// <param name="schema">The form of the records.</param>
internal sealed class CapabilityProbe(VectorDataSchema schema)
{
    // Shorter than any digest, so no entry has it.
    private const string NoDigest = "-";

    /// <summary>Tells whether a connector says that it cannot do something, in one of the ways in which connectors say it.</summary>
    /// <remarks>An <see cref="InvalidOperationException"/> is none of them: drivers throw it where all their connections are in use, which passes.</remarks>
    public static bool SaysNo(Exception exception) => exception switch
    {
        NotSupportedException or NotImplementedException or ArgumentException => true,
        VectorStoreException { InnerException: { } inner } => SaysNo(inner),
        _ => false,
    };

    /// <summary>Tells the same where the database was not asked, so that nothing can have failed for a while only.</summary>
    public static bool SaysNoOffline(Exception exception) => SaysNo(exception) || exception is InvalidOperationException and not ObjectDisposedException;

    /// <summary>Asks.</summary>
    /// <exception cref="VectorStoreCapabilityException">Something is missing.</exception>
    /// <exception cref="VectorStoreException">The database did not answer.</exception>
    public async Task RunAsync(Shelf shelf, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var searchable = RecordFilters.Searchable(NoDigest, now);
        var all = searchable.AtMost(RecordFields.Created, 0).Between(0, 1);
        await AskAsync(shelf, "reading records by a filter that compares texts and numbers (GetAsync)", () => shelf.CountAsync(all, 1, cancellationToken)).ConfigureAwait(false);
        if (schema.FilterLabels)
        {
            var labelled = searchable.Has(RecordFields.Labels, NoDigest);
            await AskAsync(
                shelf,
                $"a filter on the list of labels; set {nameof(VectorDataOptions)}.{nameof(VectorDataOptions.Schema)}.{nameof(schema.FilterLabels)} to false to do without",
                () => shelf.CountAsync(labelled, 1, cancellationToken)).ConfigureAwait(false);
        }

        var vector = new float[shelf.Name.StoredDimensions];
        vector[0] = 1;
        await AskAsync(shelf, "a vector search with a filter (SearchAsync)", () => shelf.SearchAsync(vector, 1, searchable, static _ => { }, cancellationToken)).ConfigureAwait(false);
    }

    private async Task AskAsync(Shelf shelf, string what, Func<Task<int>> ask)
    {
        int found;
        try
        {
            found = await ask().ConfigureAwait(false);
        }
        catch (SystemException exception) when (SaysNo(exception))
        {
            throw Missing(shelf, what, exception);
        }
        catch (VectorStoreException exception) when (SaysNo(exception))
        {
            throw Missing(shelf, what, exception);
        }
        catch (VectorStoreException exception)
        {
            throw Unanswered(shelf, exception);
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            throw Unanswered(shelf, exception);
        }

        if (found > 0)
        {
            throw Missing(shelf, $"{what}: it returns records that the filter does not select", null);
        }
    }

    private VectorStoreException Unanswered(Shelf shelf, Exception exception) => new(
        $"The collection '{shelf.CollectionName}' did not answer its first query ({exception.Message}). If the database is in reach, the collection was made with other fields; these are needed: "
        + $"{RecordFields.Describe(schema, shelf.Name.StoredDimensions)}.",
        exception)
    {
        CollectionName = shelf.CollectionName,
    };

    private static VectorStoreCapabilityException Missing(Shelf shelf, string what, Exception? exception) =>
        new($"The vector database of the collection '{shelf.CollectionName}' lacks {what}. A cache cannot keep its partitions apart without filters.{(exception is null ? "" : " " + exception.Message)}", exception)
        {
            CollectionName = shelf.CollectionName,
        };
}
