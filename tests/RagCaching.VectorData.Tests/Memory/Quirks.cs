using Microsoft.Extensions.VectorData;

namespace RagCaching.VectorData.Tests.Memory;

/// <summary>What real connectors were seen to do. Vectors of any length, with any components, are always accepted, as the public in-memory connector does.</summary>
internal sealed class Quirks
{
    /// <summary>Whether the score is a distance, which is smaller for nearer vectors, instead of a similarity.</summary>
    public bool ScoresAreDistances { get; set; }

    /// <summary>Whether scores say nothing at all.</summary>
    public bool ScoresAreWrong { get; set; }

    /// <summary>Whether a vector of no norm empties all searches that would find it, as distances that are no numbers do.</summary>
    public bool ZeroVectorEmptiesSearches { get; set; }

    /// <summary>How many neighbours the index finds before the filter is applied; null if the filter comes first.</summary>
    public int? PostFiltered { get; set; }

    /// <summary>Whether filters are passed over.</summary>
    public bool IgnoresFilters { get; set; }

    /// <summary>The exception of every search with a filter.</summary>
    public Exception? OnFilteredSearch { get; set; }

    /// <summary>The exception of reading by a filter.</summary>
    public Exception? OnFilteredGet { get; set; }

    /// <summary>The exception of a filter on a list.</summary>
    public Exception? OnListFilter { get; set; }

    /// <summary>The exception of everything.</summary>
    public Exception? OnAnything { get; set; }

    /// <summary>The exception of naming a collection, before the database is asked.</summary>
    public Exception? OnDefine { get; set; }

    /// <summary>The type of a field that the database does not have.</summary>
    public Type? MissingType { get; set; }

    /// <summary>Changes vectors as a database does that stores them with fewer bits, or hands them out in another form.</summary>
    public Func<ReadOnlyMemory<float>, object> Stored { get; set; } = static vector => vector;

    /// <summary>The names of collections that are there and are not listed, as those of an alias are.</summary>
    public HashSet<string> Unlisted { get; } = new(StringComparer.Ordinal);

    /// <summary>Waits before collections are listed.</summary>
    public Func<Task> BeforeList { get; set; } = static () => Task.CompletedTask;

    /// <summary>Waits before a collection is made.</summary>
    public Func<Task> BeforeEnsure { get; set; } = static () => Task.CompletedTask;

    /// <summary>Waits before records are read by a filter.</summary>
    public Func<Task> BeforeFind { get; set; } = static () => Task.CompletedTask;

    /// <summary>Waits before a record is deleted.</summary>
    public Func<Task> BeforeDelete { get; set; } = static () => Task.CompletedTask;

    /// <summary>Is told of every search.</summary>
    public Action<int> OnSearch { get; set; } = static _ => { };

    /// <summary>Waits before a record is written.</summary>
    public Func<Record, Task> BeforeUpsert { get; set; } = static _ => Task.CompletedTask;

    public void ThrowIfDown()
    {
        if (OnAnything is { } exception)
        {
            throw exception;
        }
    }

    public static VectorStoreException Wrapped(Exception inner) => new("The operation failed.", inner);
}
