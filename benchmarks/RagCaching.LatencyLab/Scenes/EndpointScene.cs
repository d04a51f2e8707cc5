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
    public static async Task<CheckResult> RunAsync(RagPipeline pipeline, string question, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        await using var app = builder.Build();
        app.MapGet("/ask", (RequestDelegate)(context => AnswerEndpoint.HandleAsync(pipeline, context)));
        await app.StartAsync(cancellationToken);

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var started = time.GetTimestamp();
        var (pieces, first, origin) = (0, TimeSpan.Zero, "");
        await using var stream = await client.GetStreamAsync(new Uri(new Uri(app.Urls.First()), $"ask?question={Uri.EscapeDataString(question)}"), cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.EventType == "origin")
            {
                origin = item.Data;
                continue;
            }

            first = pieces++ == 0 ? time.GetElapsedTime(started) : first;
        }

        var whole = time.GetElapsedTime(started);
        return new CheckResult(
            "The sample endpoint streams an answer as server-sent events",
            string.Create(CultureInfo.InvariantCulture, $"{pieces} pieces, the first after {first.TotalMilliseconds:0} of {whole.TotalMilliseconds:0} ms; {origin}"),
            pieces > 1 && first < whole / 2 && origin.StartsWith(nameof(SemanticCacheOutcome.Miss), StringComparison.Ordinal));
    }
}
