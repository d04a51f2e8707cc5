using RagCaching.Internal.Digests;
using RagCaching.Internal.Limits;
using RagCaching.Journals;
using RagCaching.VectorStores;

namespace RagCaching;

/// <content>One generation for all instances.</content>
public sealed partial class JournaledVectorStore : IGenerationLeases
{
    bool IGenerationLeases.AreShared => _options.ShareGeneration != false && _leases is not null && _contact.IsServing;

    ValueTask<string?> IGenerationLeases.TryAcquireAsync(string partition, string id, CancellationToken cancellationToken) => TimeLimit.RunAsync(
        static (call, token) => call.Leases.TryAcquireLeaseAsync(call.Name, call.Duration, token),
        (Leases: _leases!, Name: LeaseOf(partition, id), Duration: _options.LeaseDuration),
        _options.CallTimeout,
        _time,
        cancellationToken);

    ValueTask<bool> IGenerationLeases.IsAcquiredAsync(string partition, string id, CancellationToken cancellationToken) => TimeLimit.RunAsync(
        static (call, token) => call.Leases.IsLeasedAsync(call.Name, token),
        (Leases: _leases!, Name: LeaseOf(partition, id)),
        _options.CallTimeout,
        _time,
        cancellationToken);

    async ValueTask<bool> IGenerationLeases.FetchAsync(string partition, string id, CancellationToken cancellationToken)
    {
        var key = new EntryKey(partition, id);
        var before = _entries.MomentOf(key);
        if (await ReadAsync(key, withVector: true, cancellationToken).ConfigureAwait(false) is not { } entry)
        {
            return false;
        }

        // What has changed since was changed by what came after this reading.
        return _entries.TryFetch(key, entry, before);
    }

    async ValueTask IGenerationLeases.ReleaseAsync(string partition, string id, string token, CancellationToken cancellationToken)
    {
        // Whoever gets the lease next looks into the journal first.
        _ = await _writer.WriteAsync(change: null, _options.CallTimeout, cancellationToken).ConfigureAwait(false);
        await _leases!.ReleaseLeaseAsync(LeaseOf(partition, id), token, cancellationToken).ConfigureAwait(false);
    }

    private static string LeaseOf(string partition, string id)
    {
        Span<byte> scratch = stackalloc byte[256];
        var builder = new DigestBuilder(scratch, "ragcaching/lease/1");
        builder.Add(partition);
        builder.Add(id);
        return builder.Complete([]).ToShortText();
    }
}
