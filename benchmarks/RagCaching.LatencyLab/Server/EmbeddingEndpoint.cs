using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Server.Wire;

namespace RagCaching.LatencyLab.Server;

/// <summary><c>POST /v1/embeddings</c>.</summary>
internal sealed class EmbeddingEndpoint(IEmbeddingGenerator<string, Embedding<float>> encoder, StandInLatencies latencies, ServerRecords records, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context)
    {
        var request = await context.Request.ReadFromJsonAsync(WireContext.Default.EmbeddingsRequest, context.RequestAborted);
        if (request is null || TextsOf(request.Input) is not { Count: > 0 } texts)
        {
            await BadRequest.WriteAsync(context, "input must be a string or an array of strings.");
            return;
        }

        records.EmbeddingCalled();
        var delay = Task.Delay(latencies.Embedding, time, context.RequestAborted);
        var vectors = await encoder.GenerateAsync(texts, cancellationToken: context.RequestAborted);
        await delay;
        var asBase64 = request.EncodingFormat == "base64";
        var items = vectors.Select((vector, index) => new EmbeddingItem("embedding", index, ToJson(vector.Vector.ToArray(), asBase64))).ToList();
        var tokens = texts.Sum(text => Words.Of(text).Count);
        records.Embedded(tokens);
        var response = new EmbeddingsResponse("list", items, request.Model, new TokenUsage(tokens, CompletionTokens: null, tokens));
        await context.Response.WriteAsJsonAsync(response, WireContext.Default.EmbeddingsResponse, cancellationToken: context.RequestAborted);
    }

    private static List<string>? TextsOf(JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.String => [input.GetString()!],
        JsonValueKind.Array when input.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            [.. input.EnumerateArray().Select(item => item.GetString()!)],
        _ => null,
    };

    private static JsonElement ToJson(float[] vector, bool asBase64)
    {
        if (!asBase64)
        {
            return JsonSerializer.SerializeToElement(vector, WireContext.Default.SingleArray);
        }

        // The wire format is little-endian, as every platform of .NET 10 is.
        var base64 = Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector));
        using var document = JsonDocument.Parse(string.Create(CultureInfo.InvariantCulture, $"\"{base64}\""));
        return document.RootElement.Clone();
    }
}
