using System.Diagnostics.CodeAnalysis;

namespace RagCaching.Internal;

/// <summary>Lets one caller at a time work on a key; callers with different keys rarely wait for each other.</summary>
/// <remarks>A fixed number of semaphores, so nothing grows with the number of keys.</remarks>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "The semaphores' wait handles are never asked for: there is nothing to dispose.")]
internal sealed class KeyedLocks
{
    private const int Stripes = 64;

    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the key to be free.</summary>
    /// <returns>What frees it again.</returns>
    public async ValueTask<Holder> EnterAsync(string key, CancellationToken cancellationToken)
    {
        var stripe = _stripes[(uint)key.GetHashCode(StringComparison.Ordinal) % Stripes];
        await stripe.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Holder(stripe);
    }

    internal readonly struct Holder(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
