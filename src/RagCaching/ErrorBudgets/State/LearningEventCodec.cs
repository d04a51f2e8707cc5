using RagCaching.ErrorBudgets.Model;
using RagCaching.Semantic.Entries;

namespace RagCaching.ErrorBudgets.State;

// Little-endian, numbers of 8 bytes unless said otherwise:
//
//   version of the features (1 byte), kind (4), group, time in ticks, right (1)
//   features: present (1), if so 12 numbers (4 bytes each)
//   exploration (4), probability, would serve (1)
//   answer: present (1), if so nonce (16 bytes) and time in ticks
//   two vectors: components (4), 2 bytes each, half precision

/// <summary>Writes and reads <see cref="LearningEvent"/>.</summary>
internal static class LearningEventCodec
{
    private const int MostKinds = 16;

    public static byte[] Encode(LearningEvent learnt)
    {
        var writer = new StateWriter(reserved: 0);
        writer.Add(MatchFeatures.Version);
        writer.Add((int)learnt.Kind);
        writer.Add((long)learnt.Group);
        writer.Add(learnt.At.UtcTicks);
        writer.Add(learnt.IsRight);
        writer.Add(learnt.Features is not null);
        if (learnt.Features is { } features)
        {
            BudgetStateCodec.Add(writer, features);
        }

        writer.Add(learnt.Exploration);
        writer.Add(learnt.Probability);
        writer.Add(learnt.WouldServe);
        writer.Add(learnt.Nonce.Length > 0);
        if (learnt.Nonce.Length > 0)
        {
            writer.AddNonce(learnt.Nonce);
            writer.Add(learnt.StoredAt.UtcTicks);
        }

        AddVector(writer, learnt.Vector);
        AddVector(writer, learnt.FirstVector);
        return writer.ToArray(behind: 0);
    }

    /// <summary>Reads an event. Returns <see langword="null"/> for anything that is not exactly what <see cref="Encode"/> wrote.</summary>
    public static LearningEvent? TryDecode(ReadOnlySpan<byte> bytes)
    {
        var reader = new StateReader(bytes);
        var isCurrent = reader.Byte() == MatchFeatures.Version;
        var kind = (LearningEventKind)reader.Count32(MostKinds, 0);
        var learnt = new LearningEvent
        {
            Kind = kind,
            Group = (ulong)reader.Long(),
            At = reader.Time(),
            IsRight = reader.Flag(),
            Features = reader.Flag() ? BudgetStateCodec.ReadFeatures(ref reader) : null,
            Exploration = reader.Count32(MostKinds, 0),
            Probability = reader.Double(),
            WouldServe = reader.Flag(),
        };
        if (reader.Flag())
        {
            learnt = learnt with { Nonce = reader.Nonce(), StoredAt = reader.Time() };
        }

        learnt = learnt with { Vector = reader.Halves() ?? [], FirstVector = reader.Halves() ?? [] };
        return isCurrent && reader.IsExhausted && Enum.IsDefined(kind) && (learnt.Nonce.Length == 0 || learnt.Nonce.Length >= EntryId.NonceSize) ? learnt : null;
    }

    private static void AddVector(StateWriter writer, float[] vector)
    {
        writer.Add(vector.Length);
        foreach (var component in vector)
        {
            writer.Add((Half)component);
        }
    }
}
