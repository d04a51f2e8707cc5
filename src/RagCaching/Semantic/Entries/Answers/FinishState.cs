using System.Collections.Frozen;
using Microsoft.Extensions.AI;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>Whether an answer came to its end, out of all the finish reasons that it named: the worst one counts, in whatever order they come.</summary>
internal struct FinishState
{
    // Providers have words of their own for the end that a model came to by itself. Every other word, known or not, is none.
    private static readonly FrozenSet<string> Finished = FrozenSet.ToFrozenSet(
        ["stop", "end_turn", "eos", "eos_token", "stop_sequence", "end", "end_of_turn", "done", "complete", "completed", "finish", "finished", "success"], StringComparer.OrdinalIgnoreCase);

    // The end of a round, after which another one may come.
    private static readonly FrozenSet<string> CallsTools = FrozenSet.ToFrozenSet(
        ["tool_calls", "tool_call", "tool_use", "function_call", "function_calls"], StringComparer.OrdinalIgnoreCase);

    private bool _isBad;
    private bool _isNamed;
    private bool _waitsForTools;

    /// <summary>Takes note of a reason; <see langword="null"/> for none.</summary>
    public void Add(ChatFinishReason? reason)
    {
        if (reason is null || string.IsNullOrWhiteSpace(reason.Value.Value))
        {
            return;
        }

        var word = reason.Value.Value.Trim().Replace('-', '_').Replace(' ', '_');
        _isNamed = true;
        _waitsForTools = CallsTools.Contains(word);
        _isBad |= !_waitsForTools && !Finished.Contains(word);
    }

    /// <summary>Tells whether the answer is finished.</summary>
    /// <param name="isWhole">Whether it came as a whole: one without a reason is then finished, while a stream without one may have been cut off.</param>
    public readonly bool IsFinished(bool isWhole) => !_isBad && !_waitsForTools && (_isNamed || isWhole);
}
