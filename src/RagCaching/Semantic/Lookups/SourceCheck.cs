using RagCaching.Diagnostics;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Lookups;

/// <summary>Compares the versions of the sources that an answer was built on with those that the sources have now.</summary>
internal sealed class SourceCheck(CacheTelemetry telemetry)
{
    /// <summary>Checks an answer.</summary>
    /// <returns>
    /// <see cref="SemanticCacheReason.None"/> where nothing speaks against it, <see cref="SemanticCacheReason.SourceChanged"/>, or
    /// <see cref="SemanticCacheReason.Unavailable"/> where it could not be found out: any doubt is a miss.
    /// </returns>
    public async ValueTask<SemanticCacheReason> CheckAsync(
        StoredAnswer answer, Func<string, CancellationToken, ValueTask<string?>>? currentVersion, CancellationToken cancellationToken)
    {
        if (currentVersion is null || answer.Sources is not { Count: > 0 } sources)
        {
            return SemanticCacheReason.None;
        }

        try
        {
            // A source that had no version cannot have another one now.
            var comparisons = sources.Where(source => source.Value is not null).Select(IsCurrentAsync);
            return (await Task.WhenAll(comparisons).ConfigureAwait(false)).All(isCurrent => isCurrent) ? SemanticCacheReason.None : SemanticCacheReason.SourceChanged;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            telemetry.Failed(TelemetryNames.Operations.Source, exception.GetType().Name);
            return SemanticCacheReason.Unavailable;
        }

        async Task<bool> IsCurrentAsync(KeyValuePair<string, string?> source) =>
            await currentVersion(source.Key, cancellationToken).ConfigureAwait(false) == source.Value;
    }
}
