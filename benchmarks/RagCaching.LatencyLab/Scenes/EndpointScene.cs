using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RagCaching.LatencyLab.Checks;
using RagCaching.LatencyLab.Server;

namespace RagCaching.LatencyLab.Scenes;

/// <summary>Serves the sample endpoint on a free port and reads an answer from it as a browser would.</summary>
internal static class EndpointScene
{
    private static readonly string[] Questions =
    [
        "What does an endpoint stream?", "How are parallel searches joined?", "What happens to an answer whose document changes?",
    ];

    /// <summary>
    /// Asks until a first piece is here before the model server has sent its last one. What does not stream never passes, and a machine that is busy has three tries.
    /// </summary>
    public static async Task<CheckResult> RunAsync(RagPipeline pipeline, ServerRecords server, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        await using var app = builder.Build();
        app.MapGet("/ask", (RequestDelegate)(context => AnswerEndpoint.HandleAsync(pipeline, context)));
        await app.StartAsync(cancellationToken);

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(app.Urls.First()) };
        CheckResult result;
        var asked = 0;
        do
        {
            result = await AskAsync(client, Questions[asked++], server, time, cancellationToken);
        }
        while (result.Passed == false && asked < Questions.Length);
        return result;
    }

    private static async Task<CheckResult> AskAsync(HttpClient client, string question, ServerRecords server, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var (pieces, first, early, origin) = (0, TimeSpan.Zero, false, "");
        await using var stream = await client.GetStreamAsync(new Uri($"ask?question={Uri.EscapeDataString(question)}", UriKind.Relative), cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.EventType == "origin")
            {
                origin = item.Data;
            }
            else if (pieces++ == 0)
            {
                (first, early) = (time.GetElapsedTime(started), server.OpenStreams > 0);
            }
        }

        var whole = time.GetElapsedTime(started);
        return new CheckResult(
            "The sample endpoint streams an answer as server-sent events",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{pieces} pieces, the first after {first.TotalMilliseconds:0} of {whole.TotalMilliseconds:0} ms, {(early ? "before" : "after")} the model server sent its last; {origin}"),
            pieces > 1 && early && origin.StartsWith(nameof(SemanticCacheOutcome.Miss), StringComparison.Ordinal));
    }
}
