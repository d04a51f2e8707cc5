using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

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

    /// <summary>Sends one event.</summary>
    /// <param name="value">Its data.</param>
    /// <param name="type">How the data is written.</param>
    /// <param name="name">Its name; <see langword="null"/> for none.</param>
    public async Task SendAsync<T>(T value, JsonTypeInfo<T> type, string? name = null)
    {
        var body = _context.Response.Body;
        await body.WriteAsync(Encoding.UTF8.GetBytes(name is null ? "data: " : $"event: {name}\ndata: "), _context.RequestAborted);
        await JsonSerializer.SerializeAsync(body, value, type, _context.RequestAborted);
        await body.WriteAsync("\n\n"u8.ToArray(), _context.RequestAborted);
        await body.FlushAsync(_context.RequestAborted);
    }

    public async Task EndAsync()
    {
        await _context.Response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray(), _context.RequestAborted);
        await _context.Response.Body.FlushAsync(_context.RequestAborted);
    }
}
