using RagCaching.Diagnostics;
using RagCaching.Internal.Limits;

namespace RagCaching.Semantic.Matching;

/// <summary>Asks every verifier in turn; whatever goes wrong is a no.</summary>
internal sealed class VerifierChain(Lazy<IReadOnlyList<IMatchVerifier>> verifiers, TimeSpan timeout, TimeProvider time, CacheTelemetry telemetry)
{
    /// <summary>Tells whether there is anybody to ask.</summary>
    public bool IsEmpty()
    {
        try
        {
            return verifiers.Value.Count == 0;
        }
        catch (Exception exception)
        {
            // A verifier that cannot be made has not allowed anything.
            telemetry.Failed(TelemetryNames.Operations.Verify, exception.GetType().Name);
            return false;
        }
    }

    /// <summary>Asks; throws only when the caller's token was cancelled.</summary>
    public async ValueTask<bool> AllowsAsync(SemanticCacheMatch match, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var verifier in verifiers.Value)
            {
                if (!await TimeLimit.RunAsync(verifier.VerifyAsync, match, timeout, time, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            telemetry.Failed(TelemetryNames.Operations.Verify, exception.GetType().Name);
            return false;
        }
    }
}
