using RagCaching.AspNetCore.Decisions;
using RagCaching.AspNetCore.Replies;
using RagCaching.AspNetCore.Requests;

namespace RagCaching.AspNetCore.Endpoints;

/// <summary>Lists the newest matches: those that were refused, with the reason; those that were served; or those that wait for a mark.</summary>
internal static class DecisionsEndpoint
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 500;

    public static async Task HandleAsync(OwnerCall call)
    {
        var query = call.Context.Request.Query;
        var limit = Checks.Limit(query["limit"], DefaultLimit, MaxLimit);
        var isWanted = KindOf(query["kind"]);
        var decisions = call.Decisions?.Read(call.Scope) ?? [];
        await OwnerJson.WriteAsync(
            call.Context,
            new DecisionsReply(call.Decisions is not null, [.. decisions.Where(decision => decision.IsAMatter && isWanted(decision)).Take(limit).Select(decision => ReplyOf(decision, call.ShowsTexts))]),
            OwnerJson.Default.DecisionsReply).ConfigureAwait(false);
    }

    private static Func<Decision, bool> KindOf(string? kind) => kind switch
    {
        null or "all" => static _ => true,
        "refused" => static decision => !decision.IsServed,
        "served" => static decision => decision.IsServed,
        "queue" => static decision => decision.IsWaiting,
        _ => throw new Refusal("'kind' must be all, refused, served or queue."),
    };

    private static DecisionReply ReplyOf(Decision decision, bool showsTexts) => new()
    {
        Id = decision.Id,
        At = decision.At,
        Outcome = decision.Outcome,
        Reason = decision.Reason,
        Similarity = decision.Similarity,
        MinimumSimilarity = decision.NearMiss?.MinimumSimilarity,
        Guard = decision.NearMiss?.Guard,
        GuardRule = decision.NearMiss?.GuardRule,
        EntryId = decision.EntryId,
        Served = decision.IsServed,
        Correct = decision.IsRight,
        Question = Texts.Of(decision.Question, showsTexts),
        Stored = Texts.Of(decision.Stored ?? "", showsTexts),
    };
}
