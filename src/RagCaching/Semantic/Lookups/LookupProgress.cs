namespace RagCaching.Semantic.Lookups;

/// <summary>Tells how far a lookup has come, so that one that ran out of time can say what it was waiting for.</summary>
internal sealed class LookupProgress
{
    private volatile LookupStage _stage;

    public LookupStage Stage
    {
        get => _stage;
        set => _stage = value;
    }
}
