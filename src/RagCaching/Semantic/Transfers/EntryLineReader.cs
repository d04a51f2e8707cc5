using System.Buffers.Text;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using RagCaching.Internal.Digests;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Semantic.Transfers;

/// <summary>Makes an entry of a line, or says what is wrong with it. Nothing of a line is believed: it is checked as if a stranger had written it.</summary>
internal sealed class EntryLineReader(string embeddingModel, int maxQuestionLength, int maxAnswerBytes, bool asCurated)
{
    private const int PartitionLength = 43;
    private const int LongestLabel = 64;
    private const int MostLabels = 1_024;

    /// <summary>Reads a line.</summary>
    /// <returns>The entry, or the field that is wrong and why.</returns>
    public (VectorEntry? Entry, string Field, string Problem) Read(ReadOnlySpan<byte> utf8)
    {
        EntryLine line;
        try
        {
            line = JsonSerializer.Deserialize(utf8, TransferJson.Default.EntryLine)!;
        }
        catch (JsonException exception)
        {
            return Wrong(exception.Path is { Length: > 2 } path ? path[2..] : "line", $"This is no entry: {ImportTally.Shown(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 160)]))}.");
        }

        return line is null ? Wrong("line", "It is 'null'.") : Read(line);
    }

    private (VectorEntry? Entry, string Field, string Problem) Read(EntryLine line)
    {
        if (line.Partition.Length != PartitionLength || !Base64Url.IsValid(line.Partition))
        {
            return Wrong("partition", $"It must be {PartitionLength} characters of the URL-safe Base64 alphabet, and is {ImportTally.Shown(line.Partition)}.");
        }

        if (!Digest.TryParseShort(line.Id, out var key))
        {
            return Wrong("id", $"It must be {Digest.ShortSizeInBytes} bytes in URL-safe Base64, and is {ImportTally.Shown(line.Id)}.");
        }

        if (!Digest.TryParseShort(line.Nonce, out _))
        {
            return Wrong("nonce", $"It must be {EntryId.NonceSize} bytes in URL-safe Base64, and is {ImportTally.Shown(line.Nonce)}.");
        }

        if (line.Question.Length > maxQuestionLength)
        {
            return Wrong("question", $"It has {line.Question.Length} characters; the cache takes {maxQuestionLength} (SemanticCacheOptions.Limits.MaxQuestionLength).");
        }

        if (line.Labels.Count is 0 or > MostLabels || line.Labels.Any(label => label is not { Length: > 0 and <= LongestLabel } || !Base64Url.IsValid(label)))
        {
            return Wrong("labels", $"There must be from 1 to {MostLabels}, each at most {LongestLabel} characters of the URL-safe Base64 alphabet.");
        }

        if (line.Owner is { } owner && (owner.Length is 0 or > LongestLabel || !Base64Url.IsValid(owner)))
        {
            return Wrong("owner", $"It must be at most {LongestLabel} characters of the URL-safe Base64 alphabet, and is {ImportTally.Shown(owner)}.");
        }

        if (line.Rejected.Count > EntryState.MaxRejected || line.Rejected.Any(rejected => !Digest.TryParseShort(rejected, out _)))
        {
            return Wrong("rejected", $"There must be at most {EntryState.MaxRejected}, each {Digest.ShortSizeInBytes} bytes in URL-safe Base64.");
        }

        var vector = ReadVector(line.Vector);
        if (vector is null)
        {
            return Wrong("vector", $"It has {line.Vector.Length} bytes; they must be 4 for each of its finite components, which are not all zero.");
        }

        return ReadAnswer(line, key, vector);
    }

    private (VectorEntry? Entry, string Field, string Problem) ReadAnswer(EntryLine line, Digest key, float[] vector)
    {
        var json = JsonMarshal.GetRawUtf8Value(line.Answer);
        if (json.Length > maxAnswerBytes)
        {
            return Wrong("answer", $"It has {json.Length} bytes; the cache takes {maxAnswerBytes} (SemanticCacheOptions.Limits.MaxAnswerBytes).");
        }

        var expiresAt = asCurated ? VectorEntry.NeverExpires : line.ExpiresAt ?? VectorEntry.NeverExpires;
        var isKept = !asCurated && line.FreshUntil is not null;
        var freshUntil = isKept ? line.FreshUntil!.Value : expiresAt;
        var payload = AnswerCodec.Encode(json, line.Nonce, key, line.CreatedAt, freshUntil);
        if (AnswerCodec.TryDecode(payload, line.Nonce, key) is null)
        {
            return Wrong("answer", $"It is no answer of version {StoredAnswer.CurrentVersion}.");
        }

        var state = new EntryState { Nonce = line.Nonce, Question = line.Question, Right = line.Right, Wrong = line.Wrong, Group = line.Group, Rejected = [.. line.Rejected] };
        return (new VectorEntry
        {
            Partition = line.Partition,
            Id = line.Id,
            Vector = vector,
            EmbeddingModel = embeddingModel,
            Metadata = EntryStateCodec.Encode(state, key, line.CreatedAt, freshUntil, isKept),
            Payload = payload,
            Labels = [.. line.Labels],
            Owner = line.Owner,
            CreatedAt = line.CreatedAt,
            ExpiresAt = expiresAt,
        }, "", "");
    }

    private static float[]? ReadVector(byte[] bytes)
    {
        if (bytes.Length % sizeof(float) != 0)
        {
            return null;
        }

        var vector = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        return vector.Length == 0 || (TensorPrimitives.SumOfSquares<float>(vector) is var squares && float.IsFinite(squares) && squares > 0) ? vector : null;
    }

    private static (VectorEntry? Entry, string Field, string Problem) Wrong(string field, string problem) => (null, field, problem);
}
