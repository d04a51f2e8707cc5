using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RagCaching.LatencyLab.Checks;
using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Providers;
using RagCaching.LatencyLab.Report;
using RagCaching.LatencyLab.Server;
using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>Many streams are open while known questions arrive at a rate that does not wait for their answers, among many stored ones.</summary>
internal static class LoadScene
{
    private const int Entries = 100_000;
    private const int Streams = 500;
    private const long MostGrowth = 512L << 20;

    // So that the streams that are open all the time begin and are stored at a rate of fifty a second.
    private static readonly StandInLatencies Slow = StandInLatencies.None with { FirstToken = TimeSpan.FromMilliseconds(500), WholeAnswer = TimeSpan.FromSeconds(10) };

    public static async Task<IReadOnlyList<CheckResult>> RunAsync(LabModels local, Narrator narrator, TimeProvider time, CancellationToken cancellationToken)
    {
        narrator.Say($"Scene: {Streams} open streams, {LoadTraffic.Rate} requests/s, {Entries:N0} stored answers ...");
        await using var server = await ModelServer.StartAsync(local.Encoder, local.Answerer, Slow, time, cancellationToken);
        using var models = new ModelProvider(ProviderSettings.Of(server), local.Encoder, time);
        using var filling = new FillingEncoder(models.CreateEmbedder());
        await using var services = Host(filling, models.CreateChatClient());
        string[] questions = [.. QuestionSet.Load(Path.Combine(AppContext.BaseDirectory, "Questions", "questions.json")).Questions.Select(question => question.Text)];
        var cache = services.GetRequiredService<ISemanticCache>();
        var chat = services.GetRequiredService<IChatClient>();
        await FillAsync(cache, chat, filling, questions, cancellationToken);

        GC.Collect();
        var before = Environment.WorkingSet;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var streams = new OpenStreams(chat, time);
        var streaming = streams.RunAsync(Streams, over: Slow.WholeAnswer, stop.Token);
        await Task.Delay(Slow.WholeAnswer, time, cancellationToken);
        var traffic = new LoadTraffic(chat, questions, time);
        await traffic.RunAsync(cancellationToken);
        await stop.CancelAsync();
        await streaming;

        var growth = traffic.PeakWorkingSet - before;
        foreach (var kind in traffic.Kinds)
        {
            narrator.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"  {kind.Name,-12} {kind.Took.Count,6} requests, {kind.Errors} errors, {kind.Others} not as expected{string.Concat(kind.Reasons.Take(3).Select(reason => $" ({reason.Key}: {reason.Value})"))}; p50 {Percentile.Of(kind.Took, 50).TotalMilliseconds:0.00}, p95 {Percentile.Of(kind.Took, 95).TotalMilliseconds:0.00}, p99 {Percentile.Of(kind.Took, 99).TotalMilliseconds:0.00}, longest {Percentile.Of(kind.Took, 100).TotalMilliseconds:0} ms"));
        }

        narrator.Say(string.Create(CultureInfo.InvariantCulture, $"  streams      {streams.Ended} ended whole, {streams.Errors} errors; working set {before >> 20} MiB before, {traffic.PeakWorkingSet >> 20} MiB at most"));
        return
        [
            new("Under load no request and no stream fails", $"{traffic.Kinds.Sum(kind => kind.Errors)} errors of {traffic.Kinds.Sum(kind => kind.Took.Count)} requests, {streams.Errors} of {streams.Ended} streams", traffic.Kinds.All(kind => kind.Errors == 0) && streams is { Errors: 0, Ended: > 0 }),
            new("Known questions are hits all the time", $"{traffic.Kinds.Sum(kind => kind.Others)} were not", traffic.Kinds.All(kind => kind.Others == 0)),
            new("Memory stays bounded", $"{growth >> 20} MiB more at most, of which the {Streams} streams and what they store are a part", growth < MostGrowth),
        ];
    }

    private static ServiceProvider Host(FillingEncoder encoder, IChatClient chat)
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(encoder);
        services.AddChatClient(chat).UseSemanticCache();
        services.AddRagCaching(cache => cache.ShareAcrossCallers = true).ConfigureInMemoryStore(store => store.MaxEntries = Entries * 2);
        return services.BuildServiceProvider();
    }

    // The known questions come through the front door, since the partition of chats is made there; the others lie around them in the same one.
    private static async Task FillAsync(ISemanticCache cache, IChatClient chat, FillingEncoder encoder, string[] questions, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(questions, new ParallelOptions { MaxDegreeOfParallelism = Streams, CancellationToken = cancellationToken }, async (question, token) => await chat.GetResponseAsync(question, cancellationToken: token));
        await encoder.RememberAsync(questions, cancellationToken);
        var reader = new ChatQueryReader(chat.GetService<ChatClientMetadata>());
        for (var i = questions.Length; i < Entries; i++)
        {
            var query = await reader.ReadAsync([new ChatMessage(ChatRole.User, FillingEncoder.TextOf(i))], options: null, cancellationToken);
            await cache.StoreAsync(query.QueryOrBypass, new ChatResponse(new ChatMessage(ChatRole.Assistant, "An answer that nobody asks for.")), cancellationToken);
        }
    }
}
