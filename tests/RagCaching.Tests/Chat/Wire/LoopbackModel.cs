using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace RagCaching.Tests.Chat.Wire;

/// <summary>A model behind real HTTP on this machine, which answers as the OpenAI chat API does: whole, or as server-sent events.</summary>
/// <remarks>Written on sockets, since web servers end an answer properly when they are told to break it off.</remarks>
internal sealed class LoopbackModel : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;
    private readonly List<JsonElement> _requests = [];

    public LoopbackModel()
    {
        _listener.Start();
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");
        _serving = ServeAsync();
    }

    public Uri Endpoint { get; }

    /// <summary>The message of the answer, as JSON; its text is what is streamed, in pieces of four characters.</summary>
    public string Message { get; set; } = """{"role":"assistant","content":"A cache is a memory."}""";

    public string FinishReason { get; set; } = "stop";

    /// <summary>After how many server-sent events the answer breaks off.</summary>
    public int? BreakAfter { get; set; }

    /// <summary>Whether it breaks off by resetting the connection, or as if it were complete.</summary>
    public bool BreaksConnection { get; set; } = true;

    public IReadOnlyList<JsonElement> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        while (true)
        {
            try
            {
                connections.Add(AnswerAsync(await _listener.AcceptTcpClientAsync()));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                await Task.WhenAll(connections);
                return;
            }
        }
    }

    private async Task AnswerAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                var stream = connection.GetStream();
                var request = await ReadRequestAsync(stream);
                lock (_requests)
                {
                    _requests.Add(request);
                }

                if (request.TryGetProperty("stream", out var streams) && streams.GetBoolean())
                {
                    await StreamAsync(connection, stream);
                }
                else
                {
                    await AnswerWholeAsync(stream);
                }
            }
            catch (IOException)
            {
                // The client has gone.
            }
        }
    }

    private static async Task<JsonElement> ReadRequestAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n").First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
        var body = new byte[int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body);
        return JsonElement.Parse(body);
    }

    private async Task AnswerWholeAsync(NetworkStream stream)
    {
        var body = $$$"""{"id":"c1","object":"chat.completion","created":1,"model":"wire-model","choices":[{"index":0,"message":{{{Message}}},"finish_reason":"{{{FinishReason}}}"}],"usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12}}""";
        await WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");
    }

    private async Task StreamAsync(TcpClient connection, NetworkStream stream)
    {
        await WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        foreach (var data in Chunks().Append("[DONE]").Take(BreakAfter ?? int.MaxValue))
        {
            var text = $"data: {data}\n\n";
            await WriteAsync(stream, $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");
        }

        if (BreakAfter is not null && BreaksConnection)
        {
            connection.LingerState = new LingerOption(true, 0);
            return;
        }

        await WriteAsync(stream, "0\r\n\r\n");
    }

    private IEnumerable<string> Chunks()
    {
        var message = JsonElement.Parse(Message);
        foreach (var name in (string[])["reasoning_content", "content"])
        {
            var text = message.TryGetProperty(name, out var property) ? property.GetString() ?? "" : "";
            for (var start = 0; start < text.Length; start += 4)
            {
                yield return Chunk($$"""{"role":"assistant","{{name}}":"{{JsonEncodedText.Encode(text.AsSpan(start, Math.Min(4, text.Length - start)))}}"}""", "null");
            }
        }

        if (message.TryGetProperty("tool_calls", out var calls))
        {
            yield return Chunk($$"""{"role":"assistant","tool_calls":{{calls.GetRawText().Replace("{\"id\"", "{\"index\":0,\"id\"", StringComparison.Ordinal)}}}""", "null");
        }

        yield return Chunk("{}", $"\"{FinishReason}\"");
        yield return """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"wire-model","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12}}""";
    }

    private static string Chunk(string delta, string finishReason) =>
        $$"""{"id":"c1","object":"chat.completion.chunk","created":1,"model":"wire-model","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{finishReason}}}]}""";

    private static async Task WriteAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
}
