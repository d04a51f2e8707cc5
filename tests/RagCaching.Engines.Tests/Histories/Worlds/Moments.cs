namespace RagCaching.Engines.Tests.Histories.Worlds;

/// <summary>Lets others run for a while that is counted in turns, not in time.</summary>
internal static class Moments
{
    private const int Turns = 40;

    public static async Task PassAsync(int count, CancellationToken cancellationToken = default)
    {
        for (var turn = 0; turn < count * Turns; turn++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
