using System.Collections.Frozen;
using Microsoft.Extensions.AI;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>Whether an answer came to its end, out of all the finish reasons that it named: the worst one counts, in whatever order they come.</summary>
internal struct FinishState
{
    // Where adapters put the reason that they do not translate, such as that of Semantic Kernel's chat completion services.
    private const string Property = "FinishReason";

    // Providers have words of their own for the end that a model came to by itself. Every other word, known or not, is none. Written without what separates words, which differs.
    private static readonly FrozenSet<string> Finished = FrozenSet.ToFrozenSet(
        ["stop", "endturn", "eos", "eostoken", "stopsequence", "end", "endofturn", "done", "complete", "completed", "finish", "finished", "success"], StringComparer.OrdinalIgnoreCase);

    // The end of a round, after which another one may come.
    private static readonly FrozenSet<string> CallsTools = FrozenSet.ToFrozenSet(
        ["toolcalls", "toolcall", "tooluse", "functioncall", "functioncalls"], StringComparer.OrdinalIgnoreCase);

    private bool _isBad;
    private bool _isNamed;
    private bool _waitsForTools;

    /// <summary>Takes note of a reason.</summary>
    /// <param name="reason">The reason; <see langword="null"/> for none.</param>
    /// <param name="properties">Where one may be that was not translated.</param>
    public void Add(ChatFinishReason? reason, AdditionalPropertiesDictionary? properties = null)
    {
        var named = reason?.Value ?? (properties is not null && properties.TryGetValue(Property, out var value) ? value?.ToString() : null);
        if (string.IsNullOrWhiteSpace(named))
        {
            return;
        }

        var word = named.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        _isNamed = true;
        _waitsForTools = CallsTools.Contains(word);
        _isBad |= !_waitsForTools && !Finished.Contains(word);
    }

    /// <summary>Tells whether the answer is finished.</summary>
    /// <param name="isWhole">Whether it came as a whole: one without a reason is then finished, while a stream without one may have been cut off.</param>
    public readonly bool IsFinished(bool isWhole) => !_isBad && !_waitsForTools && (_isNamed || isWhole);
}
