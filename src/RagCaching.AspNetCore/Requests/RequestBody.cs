using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace RagCaching.AspNetCore.Requests;

/// <summary>Reads the body of a request, up to a bound.</summary>
internal static class RequestBody
{
    public const int MaxBytes = 1 << 19;
    private const int ChunkBytes = 1 << 14;

    public static async ValueTask<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes)
        {
            throw TooLong();
        }

        var bytes = new ArrayBufferWriter<byte>(ChunkBytes);
        int read;
        while ((read = await request.Body.ReadAsync(bytes.GetMemory(ChunkBytes), cancellationToken).ConfigureAwait(false)) > 0)
        {
            bytes.Advance(read);
            if (bytes.WrittenCount > MaxBytes)
            {
                throw TooLong();
            }
        }

        return Parse(bytes.WrittenSpan, type);
    }

    private static T Parse<T>(ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, type) ?? throw new Refusal("The body is null; it must be a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new Refusal($"The body is no JSON object of this request; look at {exception.Path ?? "its beginning"}.");
        }
    }

    private static Refusal TooLong() => new($"The body is too long; at most {MaxBytes} bytes are read.", StatusCodes.Status413PayloadTooLarge);
}
