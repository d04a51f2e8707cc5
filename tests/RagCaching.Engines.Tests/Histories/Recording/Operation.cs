using System.Globalization;
using RagCaching.Engines.Tests.Histories.Plans;

namespace RagCaching.Engines.Tests.Histories.Recording;

/// <summary>One call of a cache: when it came and went, and what came of it.</summary>
/// <param name="step">What was asked for.</param>
/// <param name="life">The instance that was asked, from its start to its end.</param>
internal sealed class Operation(Step step, Life life)
{
    public Step Step => step;

    public Life Life => life;

    /// <summary>Gets when the call came.</summary>
    public required long Invoked { get; init; }

    /// <summary>Gets or sets when the call had returned; <see cref="long.MaxValue"/> while it has not.</summary>
    public long Responded { get; set; } = long.MaxValue;

    /// <summary>Gets or sets what the instance knew of its journal before the call.</summary>
    public (int Epoch, long Version) KnownBefore { get; set; }

    /// <summary>Gets or sets what the instance knew of its journal after the call.</summary>
    public (int Epoch, long Version) KnownAfter { get; set; }

    /// <summary>Gets what the instance knew when the call had returned, of which a removal is a part; <see langword="null"/> for an instance that had begun to end and reads no more.</summary>
    public (int Epoch, long Version)? Knew => Responded < life.EndBegun ? KnownAfter : null;

    public SemanticCacheOutcome? Outcome { get; set; }

    public SemanticCacheReason Reason { get; set; }

    public string? EntryId { get; set; }

    /// <summary>Gets or sets the text that the caller got; <see langword="null"/> for none.</summary>
    public string? Text { get; set; }

    /// <summary>Gets or sets the answer of this caller's own model call.</summary>
    public Answer? Own { get; set; }

    public EntryStatus? Status { get; set; }

    public Exception? Failure { get; set; }

    /// <summary>Gets or sets a value indicating whether the caller left, or broke off.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Gets a value indicating whether this is a look at the end of a run, when everything is well again.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Gets a value indicating whether the caller was given something that was stored.</summary>
    public bool IsServed => Text is not null && Outcome is SemanticCacheOutcome.ExactHit or SemanticCacheOutcome.SemanticHit;

    /// <summary>Gets a value indicating whether an answer may have been stored on behalf of this call.</summary>
    public bool HasStored => EntryId is { Length: > 0 } && Failure is null && Responded != long.MaxValue && Step.Mode is SemanticCacheMode.ReadWrite or SemanticCacheMode.Refresh
        && (Step.Kind == StepKind.Store || (Step.Kind == StepKind.Get && Outcome == SemanticCacheOutcome.Miss));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Invoked,12}..{(Responded == long.MaxValue ? "" : Responded),12} {step} (life {life.Number}, knew {KnownBefore.Version}..{KnownAfter.Version}) -> {Outcome} {(Reason == SemanticCacheReason.None ? "" : Reason)} {Status} {Shortened(Text)} {(Own is null ? "" : $"own model call {Own.Number}")} {EntryId} {(HasLeft ? "left" : "")} {Failure?.GetType().Name}");

    private static string? Shortened(string? text) => text is { Length: > 40 } ? $"{text[..24]}..{text[^8..]}" : text;
}
