using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using RagCaching.AspNetCore.Requests;

namespace RagCaching.AspNetCore.Replies;

/// <summary>Reads and writes what the endpoints exchange, without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, MaxDepth = 8, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(ExplainBody))]
[JsonSerializable(typeof(ReportBody))]
[JsonSerializable(typeof(RemoveBody))]
[JsonSerializable(typeof(FilterBody))]
[JsonSerializable(typeof(InvalidateBody))]
[JsonSerializable(typeof(CurateBody))]
[JsonSerializable(typeof(StatisticsReply))]
[JsonSerializable(typeof(DecisionsReply))]
[JsonSerializable(typeof(EntriesReply))]
[JsonSerializable(typeof(ExplainReply))]
[JsonSerializable(typeof(StatusReply))]
[JsonSerializable(typeof(InvalidateReply))]
[JsonSerializable(typeof(CurateReply))]
[JsonSerializable(typeof(ProblemReply))]
internal sealed partial class OwnerJson : JsonSerializerContext
{
    public static async ValueTask WriteAsync<T>(HttpContext context, T reply, JsonTypeInfo<T> type, string contentType = "application/json; charset=utf-8")
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(reply, type);
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }
}
