using RagCaching.ErrorBudgets.Model;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Envelopes;

namespace RagCaching.ErrorBudgets.State;

// The encoding that the envelope names is the version of the features. Its payload, little-endian, numbers of 8 bytes unless said otherwise:
//
//   budget; requests, served, audits, wrong audits, trips; gate: open (1 byte), decisions (4), wrong (4); 5 numbers of the breaker
//   model: present (1 byte); if so n features (4), means (n), deviations (n), weights (n + 1), covariance ((n + 1)²), cut-off
//   labels: count (4); each 12 features (4 bytes each), outcome (1), time in ticks
//   window: count (4); each present (1 byte), if so 12 features (4 bytes each)
//   groups: count (4); each name, questions (4), right (4), wrong (4), doubted before in ticks or 0,
//           cleared: count (4), 16 bytes each; dimensions (4), sum of vectors (2 bytes each, half precision)

/// <summary>Writes and reads <see cref="BudgetState"/>.</summary>
internal static class BudgetStateCodec
{
    /// <summary>The kind of content in the envelope; no two codecs have the same.</summary>
    public const byte Kind = 4;

    private const int LabelSize = (MatchFeatures.Count * sizeof(float)) + 1 + sizeof(long);
    private const int SmallestGroup = sizeof(ulong) + (5 * sizeof(int)) + sizeof(long);

    public static byte[] Encode(BudgetState state, Digest key, DateTimeOffset createdAt, DateTimeOffset expiresAt)
    {
        var writer = new StateWriter(Envelope.HeaderSize);
        writer.Add(state.MaxErrorRate);
        writer.Add(state.Requests);
        writer.Add(state.Served);
        writer.Add(state.Audits);
        writer.Add(state.WrongAudits);
        writer.Add(state.Trips);
        writer.Add(state.IsOpen);
        writer.Add(state.GateDecisions);
        writer.Add(state.GateWrong);
        writer.Add(state.Evidence);
        AddModel(writer, state.Model);
        writer.Add(state.Labels.Length);
        foreach (var label in state.Labels)
        {
            Add(writer, label.Features);
            writer.Add(label.IsRight);
            writer.Add(label.At.UtcTicks);
        }

        writer.Add(state.Window.Length);
        foreach (var features in state.Window)
        {
            writer.Add(features is not null);
            if (features is { } seen)
            {
                Add(writer, seen);
            }
        }

        writer.Add(state.Groups.Length);
        foreach (var (group, record) in state.Groups)
        {
            Add(writer, group, record);
        }

        var bytes = writer.ToArray(Envelope.Overhead - Envelope.HeaderSize);
        Envelope.Seal(bytes, new EnvelopeHeader(Kind, MatchFeatures.Version, 0, 0, createdAt, expiresAt), key);
        return bytes;
    }

    /// <summary>Reads a state. Returns <see langword="null"/> for anything that is not exactly what <see cref="Encode"/> wrote for this key.</summary>
    public static BudgetState? TryDecode(ReadOnlySpan<byte> bytes, Digest key)
    {
        if (Envelope.TryOpen(bytes, Kind, key, out var header, out var payload) != EnvelopeStatus.Valid || header.Encoding != MatchFeatures.Version)
        {
            return null;
        }

        var reader = new StateReader(payload);
        var state = new BudgetState
        {
            MaxErrorRate = reader.Double(),
            Requests = reader.Count64(),
            Served = reader.Count64(),
            Audits = reader.Count64(),
            WrongAudits = reader.Count64(),
            Trips = reader.Count64(),
            IsOpen = reader.Flag(),
            GateDecisions = reader.Count32(int.MaxValue, 0),
            GateWrong = reader.Count32(int.MaxValue, 0),
            Evidence = reader.Doubles(BudgetState.Alternatives),
            Model = ReadModel(ref reader),
            Labels = ReadLabels(ref reader),
            Window = ReadWindow(ref reader),
            Groups = ReadGroups(ref reader),
        };
        return reader.IsExhausted && state.WrongAudits <= state.Audits ? state : null;
    }

    private static void AddModel(StateWriter writer, FittedModel? model)
    {
        writer.Add(model is not null);
        if (model is null)
        {
            return;
        }

        writer.Add(model.Standardizer.Means.Length);
        writer.Add(model.Standardizer.Means);
        writer.Add(model.Standardizer.Deviations);
        writer.Add(model.Curve.Weights);
        writer.Add(model.Curve.Covariance);
        writer.Add(model.CutOff);
    }

    /// <summary>Writes features.</summary>
    public static void Add(StateWriter writer, MatchFeatures features)
    {
        writer.Add(features.Similarity);
        writer.Add(features.Agreement);
        writer.Add(features.Vote);
        writer.Add(features.SharedWords);
        writer.Add(features.SharedContent);
        writer.Add(features.CentroidMargin);
        writer.Add(features.Record);
        writer.Add(features.SharedTrigrams);
        writer.Add(features.LengthDifference);
        writer.Add(features.CoveredContent);
        writer.Add(features.OwnContent);
        writer.Add(features.TrigramMargin);
    }

    private static void Add(StateWriter writer, ulong group, GroupRecord record)
    {
        writer.Add((long)group);
        writer.Add(record.Count);
        writer.Add(record.Right);
        writer.Add(record.Wrong);
        writer.Add(record.SuspectBefore?.UtcTicks ?? 0);
        writer.Add(record.Cleared.Count);
        foreach (var nonce in record.Cleared)
        {
            writer.AddNonce(nonce);
        }

        writer.Add(record.Sum?.Length ?? 0);
        foreach (var component in record.Sum ?? [])
        {
            writer.Add((Half)component);
        }
    }

    private static FittedModel? ReadModel(ref StateReader reader)
    {
        if (!reader.Flag())
        {
            return null;
        }

        var features = reader.Count32(MatchFeatures.Count, 2 * sizeof(double));
        var size = features + 1;
        var standardizer = new Standardizer(reader.Doubles(features), reader.Doubles(features));
        return new FittedModel(standardizer, new LogisticCurve(reader.Doubles(size), reader.Doubles(size * size)), new CutOff(reader.CutOff(), Repair: 1));
    }

    private static BudgetLabel[] ReadLabels(ref StateReader reader)
    {
        var labels = new BudgetLabel[reader.Count32(BudgetState.MaxLabels, LabelSize)];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = new BudgetLabel(ReadFeatures(ref reader), reader.Flag(), reader.Time());
        }

        return labels;
    }

    private static MatchFeatures?[] ReadWindow(ref StateReader reader)
    {
        var window = new MatchFeatures?[reader.Count32(BudgetState.MaxWindow, 1)];
        for (var i = 0; i < window.Length; i++)
        {
            window[i] = reader.Flag() ? ReadFeatures(ref reader) : null;
        }

        return window;
    }

    private static KeyValuePair<ulong, GroupRecord>[] ReadGroups(ref StateReader reader)
    {
        // A table may hold a few more than its capacity while it is being tidied up.
        var groups = new KeyValuePair<ulong, GroupRecord>[reader.Count32(2 * GroupTable.Capacity, SmallestGroup)];
        for (var i = 0; i < groups.Length; i++)
        {
            var name = (ulong)reader.Long();
            var record = new GroupRecord
            {
                Count = reader.Count32(int.MaxValue, 0),
                Right = reader.Count32(int.MaxValue, 0),
                Wrong = reader.Count32(int.MaxValue, 0),
                SuspectBefore = reader.Time() is { UtcTicks: > 0 } time ? time : null,
            };
            for (var cleared = reader.Count32(int.MaxValue, StateReader.NonceSize); cleared > 0; cleared--)
            {
                record.Cleared.Add(reader.Nonce());
            }

            record.Sum = reader.Halves();
            groups[i] = new(name, record);
        }

        return groups;
    }

    /// <summary>Reads features.</summary>
    public static MatchFeatures ReadFeatures(ref StateReader reader) =>
        new(
            reader.Single(), reader.Single(), reader.Single(), reader.Single(), reader.Single(), reader.Single(),
            reader.Single(), reader.Single(), reader.Single(), reader.Single(), reader.Single(), reader.Single());
}
