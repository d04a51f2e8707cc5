using RagCaching.Diagnostics;
using RagCaching.Internal.Faults;
using RagCaching.Money;

namespace RagCaching.Semantic.Matching;

/// <summary>Asks all verifiers about a match; any doubt is a no.</summary>
/// <param name="verifiers">The verifiers, made on first use.</param>
/// <param name="timeout">The time that each may take.</param>
/// <param name="ledger">Where is kept what verifiers spend.</param>
/// <param name="reporting">Where failures are counted.</param>
internal sealed class VerifierChain(Lazy<IReadOnlyList<IMatchVerifier>> verifiers, TimeSpan timeout, CacheLedger ledger, FaultReporting reporting)
{
    /// <summary>Gets what stands between the verifiers and their caller, so that a lookup whose time runs out can say that this took too long.</summary>
    public FaultBarrier Barrier { get; } = new(TelemetryNames.Operations.Verify, reporting, log: null, timeout);

    /// <summary>Tells whether there is nobody to ask. A verifier that cannot be made has not allowed anything.</summary>
    public bool IsEmpty() => Barrier.Run(static verifiers => verifiers.Value.Count == 0, verifiers, fallback: false);

    /// <summary>Asks the verifiers, one after the other.</summary>
    /// <returns>Whether all of them allow the match.</returns>
    public async ValueTask<bool> AllowsAsync(string scopeLabel, SemanticCacheMatch match, CancellationToken cancellationToken)
    {
        if (Barrier.Run(static verifiers => (IReadOnlyList<IMatchVerifier>?)verifiers.Value, verifiers, fallback: null) is not { } all)
        {
            return false;
        }

        Spender.Current = new Spender(ledger, scopeLabel, SpendingPurpose.Verification);
        foreach (var verifier in all)
        {
            if (!await Barrier.RunAsync(verifier.VerifyAsync, match, fallback: false, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }
}
