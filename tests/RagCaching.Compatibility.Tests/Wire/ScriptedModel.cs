using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RagCaching.Compatibility.Tests.Wire;

/// <summary>A model behind real HTTP on this machine. It says what a test scripts, in the protocol in which it is asked: chat completions, responses, messages.</summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<JsonElement> _requests = [];
    private readonly WebApplication _app;

    private ScriptedModel(WebApplication app) => _app = app;

    /// <summary>The address without the version of the interface.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>The address with it.</summary>
    public Uri Endpoint => new(Address, "v1");

    /// <summary>What the model says to the body of a request.</summary>
    public Func<JsonElement, ScriptedReply> Script { get; set; } = _ => new ScriptedReply("A cache is a memory.");

    /// <summary>Holds back every answer until it completes.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>After how many events a stream ends, as if all were said.</summary>
    public int? EndsAfter { get; set; }

    public IReadOnlyList<JsonElement> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public int Calls => Requests.Count;

    public static async Task<ScriptedModel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        var model = new ScriptedModel(app);
        app.MapPost("/v1/chat/completions", (RequestDelegate)(context => model.AnswerAsync(context, new ChatCompletionsProtocol())));
        app.MapPost("/v1/responses", (RequestDelegate)(context => model.AnswerAsync(context, new ResponsesProtocol())));
        app.MapPost("/v1/messages", (RequestDelegate)(context => model.AnswerAsync(context, new MessagesProtocol())));
        await app.StartAsync();
        return model;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, IProtocol protocol)
    {
        using var document = await JsonDocument.ParseAsync(context.Request.Body);
        var request = document.RootElement.Clone();
        int number;
        lock (_lock)
        {
            _requests.Add(request);
            number = _requests.Count;
        }

        await Gate.WaitAsync(context.RequestAborted);
        var reply = Script(request);
        if (!request.TryGetProperty("stream", out var streams) || !streams.GetBoolean())
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(JsonSerializer.Serialize(protocol.Whole(request, reply, number)));
            return;
        }

        context.Response.ContentType = "text/event-stream";
        foreach (var (name, data) in protocol.Events(request, reply, number).Take(EndsAfter ?? int.MaxValue))
        {
            await context.Response.WriteAsync($"{(name is null ? "" : $"event: {name}\n")}data: {data as string ?? JsonSerializer.Serialize(data)}\n\n");
            await context.Response.Body.FlushAsync();
        }
    }
}
