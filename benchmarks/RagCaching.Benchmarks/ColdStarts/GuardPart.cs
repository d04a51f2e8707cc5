namespace RagCaching.Benchmarks.ColdStarts;

/// <summary>A decision of the lexical guard about a pair that no rule refuses.</summary>
internal sealed class GuardPart : IColdPart
{
    private readonly LexicalGuard _guard = new();

    public int Calls => 20_000;

    public void Call(int input) => _ = input < 0 || _guard.Allows(
        "Which documents does a tourist from Brazil need for a stay of 30 days in Japan?", "What papers does a tourist from Brazil need to stay in Japan for 30 days?");

    public void Dispose()
    {
    }
}
