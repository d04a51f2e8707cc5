namespace RagCaching.Tests.TestDoubles;

internal sealed class TestGuard(Func<string, string, bool> allows) : IMatchGuard
{
    public string Name => "test";

    public bool Allows(string question, string candidate) => allows(question, candidate);
}
