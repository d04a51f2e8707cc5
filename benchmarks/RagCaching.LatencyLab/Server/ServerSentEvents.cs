using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RagCaching.LatencyLab.Server.Wire;

namespace RagCaching.LatencyLab.Server;

/// <summary>Writes a response as server-sent events, each of which leaves at once.</summary>
internal sealed class ServerSentEvents
{
    private readonly HttpContext _context;

    public ServerSentEvents(HttpContext context)
    {
        _context = context;
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
    }

    public async Task SendAsync(ChatCompletion chunk)
    {
        var body = _context.Response.Body;
        await body.WriteAsync("data: "u8.ToArray(), _context.RequestAborted);
        await JsonSerializer.SerializeAsync(body, chunk, WireContext.Default.ChatCompletion, _context.RequestAborted);
        await body.WriteAsync("\n\n"u8.ToArray(), _context.RequestAborted);
        await body.FlushAsync(_context.RequestAborted);
    }

    public async Task EndAsync()
    {
        await _context.Response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray(), _context.RequestAborted);
        await _context.Response.Body.FlushAsync(_context.RequestAborted);
    }
}
