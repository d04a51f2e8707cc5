using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RagCaching.LatencyLab.Models;

namespace RagCaching.LatencyLab.Server;

/// <summary>An OpenAI-compatible server with stand-in models, on a free port of the loopback interface.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ModelServer(WebApplication app, ServerRecords records, StreamDeviations deviations)
    {
        _app = app;
        Records = records;
        Deviations = deviations;
    }

    public ServerRecords Records { get; }

    /// <summary>Gets how streams of <c>/v1/responses</c> differ from what they should be.</summary>
    public StreamDeviations Deviations { get; }

    /// <summary>Gets the address that clients are given, <c>/v1</c> included.</summary>
    public Uri Endpoint => new(new Uri(_app.Urls.First()), "v1");

    public static async Task<ModelServer> StartAsync(
        IEmbeddingGenerator<string, Embedding<float>> encoder, ExtractiveAnswerer answerer, StandInLatencies latencies, TimeProvider time, CancellationToken cancellationToken, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        var records = new ServerRecords();
        var deviations = new StreamDeviations();
        var app = builder.Build();
        app.MapPost("/v1/embeddings", (RequestDelegate)new EmbeddingEndpoint(encoder, latencies, records, time).HandleAsync);
        app.MapPost("/v1/chat/completions", (RequestDelegate)new ChatEndpoint(answerer, latencies, records, time).HandleAsync);
        app.MapPost("/v1/responses", (RequestDelegate)new ResponsesEndpoint(answerer, latencies, records, deviations, time).HandleAsync);
        await app.StartAsync(cancellationToken);
        return new ModelServer(app, records, deviations);
    }

    /// <summary>Ends the server without waiting for what it is doing: open connections break.</summary>
    public async Task KillAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
