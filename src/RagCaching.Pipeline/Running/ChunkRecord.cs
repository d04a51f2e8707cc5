using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RagCaching.Pipeline.Running;

// The property of a stored answer: a JSON list with [id, source, version or null] of each chunk, and its text at the end where texts are kept.

/// <summary>Keeps with a stored answer which chunks it was built on.</summary>
internal static class ChunkRecord
{
    /// <summary>The name of the additional property; not one that begins with "ragcaching.", which a cache leaves out.</summary>
    public const string Property = "ragpipeline.chunks";

    private const int WithoutText = 3;
    private const int WithText = 4;

    /// <summary>Adds the chunks to what is stored of an answer.</summary>
    /// <returns>The properties of the answer, in a copy; as they are where there are no chunks.</returns>
    public static AdditionalPropertiesDictionary? AddTo(AdditionalPropertiesDictionary? properties, IReadOnlyList<RetrievedChunk> chunks, bool withTexts)
    {
        if (chunks.Count == 0)
        {
            return properties;
        }

        AdditionalPropertiesDictionary copy = properties is null ? [] : new(properties);
        copy[Property] = Write(chunks, withTexts);
        return copy;
    }

    /// <summary>Reads the chunks of a stored answer.</summary>
    /// <returns>None where it has none, or what it has is something else.</returns>
    public static IReadOnlyList<RetrievedChunk> Read(AdditionalPropertiesDictionary? properties)
    {
        if (properties?.TryGetValue(Property, out string? text) != true || text is null)
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(Read)];
        }
        catch (JsonException)
        {
            // A property of that name that somebody else has set, as below.
            return [];
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }

    private static RetrievedChunk Read(JsonElement chunk) => chunk.GetArrayLength() is WithoutText or WithText
        ? new RetrievedChunk
        {
            Id = chunk[0].GetString() ?? "",
            SourceId = chunk[1].GetString() ?? "",
            SourceVersion = chunk[2].GetString(),
            Text = chunk.GetArrayLength() == WithText ? chunk[3].GetString() ?? "" : "",
        }
        : throw new JsonException("The record of a chunk has another length.");

    private static string Write(IReadOnlyList<RetrievedChunk> chunks, bool withTexts)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var chunk in chunks)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(chunk.Id);
                writer.WriteStringValue(chunk.SourceId);
                writer.WriteStringValue(chunk.SourceVersion);
                if (withTexts)
                {
                    writer.WriteStringValue(chunk.Text);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
