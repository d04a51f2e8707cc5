using System.IO.Compression;
using System.Text.Json;

namespace RagCaching.Quality.Data;

/// <summary>Reads files with one JSON object a line, compressed by gzip.</summary>
internal static class JsonLines
{
    /// <exception cref="QualityException">A line is no JSON object, or the file is not compressed; the message names the line.</exception>
    public static IEnumerable<JsonLine> Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        for (var number = 1; ReadLine(reader, path, number) is { } text; number++)
        {
            yield return new JsonLine(path, number, Parse(path, number, text));
        }
    }

    private static string? ReadLine(StreamReader reader, string path, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException exception)
        {
            throw new QualityException($"{path}, line {number}: the file is not compressed by gzip, or damaged ({exception.Message}).");
        }
    }

    private static JsonElement Parse(string path, int number, string text)
    {
        try
        {
            if (JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } line)
            {
                return line;
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new QualityException($"{path}, line {number}: '{JsonLine.Shorten(text)}' is no JSON object.");
    }
}
