namespace RagCaching.Benchmarks.ColdStarts;

/// <summary>Something whose first calls are timed.</summary>
internal interface IColdPart : IDisposable
{
    /// <summary>Gets how many calls it takes until they are steady, and a thousand more.</summary>
    int Calls { get; }

    /// <summary>Calls it once, with one of a hundred inputs; with a negative one it returns at once, so that the way to it is not measured.</summary>
    void Call(int input);
}
