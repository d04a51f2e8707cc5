using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.VectorStores.InMemory.Scanning;

/// <summary>The memory that a search needs while it runs; each thread keeps one.</summary>
internal sealed class SearchWorkspace
{
    [ThreadStatic]
    private static SearchWorkspace? _current;

    private SearchCounts _counts;

    /// <summary>Gets the workspace of the thread. Nothing that uses it may wait or call back.</summary>
    public static SearchWorkspace Current => _current ??= new SearchWorkspace();

    /// <summary>Gets the query.</summary>
    public PreparedQuery Query { get; } = new();

    /// <summary>Gets or sets what a search on several threads shares; each thread keeps the last one that nobody else holds any more.</summary>
    public ParallelScan? Shared { get; set; }

    /// <summary>Gets one of two lists between which stages go to and fro.</summary>
    public GroupSurvivors Survivors { get; } = new();

    /// <summary>Gets the other list.</summary>
    public GroupSurvivors OtherSurvivors { get; } = new();

    /// <summary>Gets the slots that may hold a match.</summary>
    public int[] Slots { get; } = new int[RowTable.LargestSegmentSlots + 1];

    /// <summary>Gets the highest similarity that each of <see cref="Slots"/> may have.</summary>
    public float[] Bounds { get; } = new float[RowTable.LargestSegmentSlots + 1];

    /// <summary>Gets how many vectors got how far.</summary>
    public ref SearchCounts Counts => ref _counts;

    /// <summary>Forgets the query and the counts.</summary>
    /// <returns>The counts, for whoever is told of them when nothing is left that he could disturb.</returns>
    public SearchCounts Clear()
    {
        var counts = _counts;
        _counts = default;
        Query.Clear();
        return counts;
    }
}
