namespace RagCaching.VectorStores;

/// <summary>The memory that a search or a write needs while it runs; each thread keeps one.</summary>
internal sealed class SearchWorkspace
{
    [ThreadStatic]
    private static SearchWorkspace? _current;

    private float[] _row = [];
    private SearchCounts _counts;

    /// <summary>Gets the workspace of the thread. Nothing that uses it may wait or call back.</summary>
    public static SearchWorkspace Current => _current ??= new SearchWorkspace();

    /// <summary>Gets the query as weights for heads.</summary>
    public HeadQuery HeadQuery { get; } = new();

    /// <summary>Gets the query as weights for full codes.</summary>
    public FullQuery FullQuery { get; } = new();

    /// <summary>Gets one of two lists between which stages go to and fro.</summary>
    public GroupSurvivors Survivors { get; } = new();

    /// <summary>Gets the other list.</summary>
    public GroupSurvivors OtherSurvivors { get; } = new();

    /// <summary>Gets the slots that may hold a match.</summary>
    public int[] Slots { get; } = new int[RowTable.LargestSegmentSlots + 1];

    /// <summary>Gets the highest similarity that each of <see cref="Slots"/> may have.</summary>
    public float[] Bounds { get; } = new float[RowTable.LargestSegmentSlots + 1];

    /// <summary>Gets the codes of a vector that is being written.</summary>
    public CodeScratch Codes { get; } = new();

    /// <summary>Gets how many vectors got how far.</summary>
    public ref SearchCounts Counts => ref _counts;

    /// <summary>Brings a vector to length one.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="length">Its length.</param>
    /// <returns>A padded unit vector, valid until the next call.</returns>
    public Span<float> UnitRow(ReadOnlySpan<float> vector, double length)
    {
        var padded = DotKernel.PaddedLength(vector.Length);
        if (_row.Length < padded)
        {
            _row = new float[padded];
        }

        var row = _row.AsSpan(0, padded);
        UnitVector.Write(vector, length, row);
        return row;
    }

    /// <summary>Forgets the query and the vector, which are as private as their text.</summary>
    public void Clear()
    {
        HeadQuery.Clear();
        FullQuery.Clear();
        Array.Clear(_row);
        _counts = default;
    }
}
