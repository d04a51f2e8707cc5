using RagCaching.Engines.Tests.Histories.Recording;

namespace RagCaching.Engines.Tests.Histories.Rules;

/// <summary>No answer after its expiry, as its owner's clock set it and the serving instance's clock reads it.</summary>
internal sealed class ExpiryRule : IHistoryRule
{
    public const string Name = "No answer after its expiry";

    public IEnumerable<Violation> Check(History history)
    {
        // An answer was stored before it was first seen to be.
        var seen = new Dictionary<int, long>();
        foreach (var operation in history.Operations.Where(operation => operation.Text is not null && operation.Responded != long.MaxValue))
        {
            if (history.AnswerOf(operation) is { } answer && (operation.IsServed || (operation.HasStored && ReferenceEquals(answer, operation.Own))))
            {
                seen[answer.Number] = Math.Min(seen.GetValueOrDefault(answer.Number, long.MaxValue), operation.Responded);
            }
        }

        foreach (var operation in history.Operations.Where(operation => operation is { IsServed: true, Failure: null }))
        {
            if (history.AnswerOf(operation) is not { } answer)
            {
                continue;
            }

            var stored = seen[answer.Number];
            var expires = stored + History.Microseconds(history.SkewOf(answer.Operation.Life, answer.Begun, stored).Most + answer.Step.TimeToLive);

            // An instance measures what is left when it takes an answer in, which may be any time since; how its clock is set after that changes nothing.
            var read = operation.Invoked + History.Microseconds(history.SkewOf(operation.Life, answer.Begun, operation.Responded).Least);
            if (read > expires)
            {
                yield return new Violation(Name, $"It had expired {(read - expires) / 1_000} ms before at the latest.", operation, answer.Operation);
            }
        }
    }
}
