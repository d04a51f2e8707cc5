using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Lookups;

/// <summary>Compares the versions of the sources that an answer was built on with those that the sources have now.</summary>
internal sealed class SourceCheck(FaultReporting reporting)
{
    private readonly FaultBarrier _versions = new(TelemetryNames.Operations.Source, reporting);

    /// <summary>Checks an answer.</summary>
    /// <returns>
    /// <see cref="SemanticCacheReason.None"/> where nothing speaks against it, <see cref="SemanticCacheReason.SourceChanged"/>, or
    /// <see cref="SemanticCacheReason.Unavailable"/> where it could not be found out: any doubt is a miss.
    /// </returns>
    public ValueTask<SemanticCacheReason> CheckAsync(
        StoredAnswer answer, Func<string, CancellationToken, ValueTask<string?>> currentVersion, CancellationToken cancellationToken) =>
        answer.Sources is not { Count: > 0 } sources
            ? ValueTask.FromResult(SemanticCacheReason.None)
            : _versions.RunAsync(CompareAsync, (sources, currentVersion), SemanticCacheReason.Unavailable, cancellationToken);

    private static async ValueTask<SemanticCacheReason> CompareAsync(
        (IReadOnlyDictionary<string, string?> Sources, Func<string, CancellationToken, ValueTask<string?>> CurrentVersion) call, CancellationToken cancellationToken)
    {
        // A source that had no version cannot have another one now.
        var comparisons = call.Sources.Where(source => source.Value is not null).Select(IsCurrentAsync);
        return (await Task.WhenAll(comparisons).ConfigureAwait(false)).All(isCurrent => isCurrent) ? SemanticCacheReason.None : SemanticCacheReason.SourceChanged;

        async Task<bool> IsCurrentAsync(KeyValuePair<string, string?> source) =>
            await call.CurrentVersion(source.Key, cancellationToken).ConfigureAwait(false) == source.Value;
    }
}
