using Microsoft.Extensions.DependencyInjection;
using RagCaching.JournalLab;
using RagCaching.LatencyLab.Checks;
using RagCaching.LatencyLab.Cli;
using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Report;
using RagCaching.LatencyLab.Techniques;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>Keeps answers in an engine: another instance of the application serves them, and so does the next run of the lab.</summary>
internal static class JournalScene
{
    private const int Questions = 20;
    private const string Name = "latency_lab";

    public static async Task<IReadOnlyList<CheckResult>> RunAsync(
        LabOptions options, Func<Action<IRagCachingBuilder>, TechniqueHost> host, QuestionSet questions, CallCounter calls, Narrator narrator, CancellationToken cancellationToken)
    {
        if (options.Journal is not var (engine, address))
        {
            return [];
        }

        narrator.Say($"Scene: answers that are kept in {engine} ...");
        string[] texts = [.. questions.Questions.Take(Questions).Select(question => question.Text)];
        Task<int> HitsAsync() => AskAllAsync(host, engine, address, texts, cancellationToken);
        var found = await HitsAsync();
        narrator.Say(found == 0 ? "  This journal is new: all answers come from the model. Run the lab again with the same journal." : $"  A warm start: {found} of {Questions} answers were there from an earlier run.");
        var before = calls.Counts;
        var served = await HitsAsync();
        var chats = (calls.Counts - before).Chats;
        var results = new List<CheckResult>
        {
            new("What one instance has answered, another one serves from the journal", $"{served} of {Questions} questions, {chats} chat calls", served == Questions && chats == 0),
        };
        if (options.Instances > 1)
        {
            // They have another encoder, so a journal of their own.
            var other = engine == "sqlite" ? Path.ChangeExtension(address, ".instances.db") : address;
            var holds = await Demonstration.RunAsync(engine, other, options.Instances) == 0;
            results.Add(new CheckResult("Processes with one journal share answers, one call of the model, and removals", $"{options.Instances} processes, as said above", holds));
        }

        return results;
    }

    // An instance of its own, from its start to its end.
    private static async Task<int> AskAllAsync(Func<Action<IRagCachingBuilder>, TechniqueHost> host, string engine, string address, string[] questions, CancellationToken cancellationToken)
    {
        await using var instance = host(builder => builder.UseVectorJournal(_ => Engines.Create(engine, address, Name)));
        await ((JournaledVectorStore)instance.Store).WhenLoadedAsync(cancellationToken);
        var hits = 0;
        foreach (var question in questions)
        {
            hits += (await instance.App.AskAsync(question, cancellationToken)).IsHit ? 1 : 0;
        }

        return hits;
    }
}
