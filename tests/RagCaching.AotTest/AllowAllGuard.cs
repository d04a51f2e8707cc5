namespace RagCaching.AotTest;

/// <summary>A guard made by dependency injection, which trimming must leave constructible.</summary>
internal sealed class AllowAllGuard : IMatchGuard
{
    public string Name => "allow-all";

    public bool Allows(string question, string candidate) => true;
}
