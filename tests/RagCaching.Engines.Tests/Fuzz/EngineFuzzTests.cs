using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using RagCaching.Redis.Values;
using RagCaching.Tests.Fuzz;
using StackExchange.Redis;

namespace RagCaching.Engines.Tests.Fuzz;

/// <summary>What engines return and this library decodes: nothing makes a decoder throw anything but what it documents, or allocate more than the bytes could fill.</summary>
public sealed class EngineFuzzTests
{
    private const int HeaderLength = 80;

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly byte[] Labels = LabelList.Encode(["a label", "another", ""]);

    private static byte[] Golden()
    {
        var entry = new VectorEntry { Partition = "p", Id = "id", Vector = new[] { 0.5f, 1, 2 }, EmbeddingModel = "model", Owner = "owner", Payload = new byte[] { 1, 2, 3, 4, 5 }, CreatedAt = Now, ExpiresAt = Now.AddHours(1) };
        byte[] metadata = [9, 8, 7];
        var header = string.Create(CultureInfo.InvariantCulture, $"{EntryValue.Digits(7)}{EntryValue.Digits(Now.UtcTicks)}{EntryValue.Digits(3)}{Labels.Length:D10}{metadata.Length:D10}");
        return [.. Encoding.ASCII.GetBytes(header), .. Labels, .. metadata, .. EntryValue.EncodeRest(entry)];
    }

    private static VectorEntry? Decode(ReadOnlyMemory<byte> bytes) => EntryValue.TryDecode("p", "id", bytes, withPayload: true);

    [Fact]
    public void RedisEntry_EveryTruncation_IsRefused()
    {
        var golden = Golden();
        Assert.Equal([0.5f, 1, 2], Decode(golden)!.Vector.ToArray());
        for (var length = 0; length < golden.Length; length++)
        {
            Assert.Null(Decode(golden.AsMemory(0, length)));
        }
    }

    [Fact]
    public void RedisEntry_EveryFlippedBit_IsRefusedOrLeavesVectorAndAnswerAsTheyWere()
    {
        var golden = Golden();
        for (var bit = 0; bit < golden.Length * 8; bit++)
        {
            var changed = golden.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var entry = Decode(changed);
            Assert.True(entry is null || (entry.Vector.Span.SequenceEqual([0.5f, 1, 2]) && entry.Payload.Span.SequenceEqual((byte[])[1, 2, 3, 4, 5])), $"Bit {bit}");
        }
    }

    [Fact]
    public void RedisEntry_RandomChangesUnderARightChecksum_NeverThrowsAndAllocatesWhatIsThere()
    {
        var golden = Golden();
        var rest = HeaderLength + Labels.Length + 3;
        var accepted = 0;
        FuzzRun.Run(random =>
        {
            var head = random.Next(4) == 0 ? FuzzRun.Mutate(random, golden[..rest]) : golden[..rest];
            var body = FuzzRun.Mutate(random, golden[rest..^8]);
            byte[] bytes = [.. head, .. body, .. new byte[8]];
            if (bytes.Length >= head.Length + 8)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(bytes.Length - 8), XxHash3.HashToUInt64(bytes.AsSpan(head.Length, bytes.Length - 8 - head.Length)));
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            accepted += Decode(bytes) is null ? 0 : 1;
            FuzzRun.AssertAllocates(before, bytes.Length, perByte: 32, allowance: 4_000);
        });
        Assert.True(accepted > 0);
    }

    [Fact]
    public void RedisEntry_ClaimsOfLengthsThatAreNotThere_AreRefusedBeforeAnythingIsAllocated()
    {
        foreach (var claim in new[] { int.MaxValue, int.MinValue, -1, 1 << 28, 4 })
        {
            var bytes = Golden();
            var rest = HeaderLength + Labels.Length + 3;
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(rest + 8 + 2 + 5 + 2 + 5), claim);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(bytes.Length - 8), XxHash3.HashToUInt64(bytes.AsSpan(rest, bytes.Length - 8 - rest)));
            var before = GC.GetAllocatedBytesForCurrentThread();

            Assert.Null(Decode(bytes));
            FuzzRun.AssertAllocates(before, bytes.Length, perByte: 32, allowance: 4_000);
        }
    }

    [Fact]
    public void RedisLists_RandomChanges_NeverThrow() => FuzzRun.Run(random =>
    {
        var bytes = FuzzRun.Mutate(random, Labels);
        _ = LabelList.TryDecode(bytes);
        _ = EntryRef.TryParse(Encoding.UTF8.GetString(FuzzRun.Mutate(random, Encoding.UTF8.GetBytes(EntryRef.Of("partition", "id")))), out var _, out var _);
        Assert.Equal(["a label", "another", ""], LabelList.TryDecode(Labels)!);
    });

    [Fact]
    public void RedisChanges_RandomFields_AreReadOrCalledDamaged() => FuzzRun.Run(random =>
    {
        RedisValue Value(params string[] values) => random.Next(8) == 0 ? FuzzRun.Text(random, 4) : values[random.Next(values.Length)];
        var entry = new StreamEntry(
            Value("17-0", "18446744073709551615-0", "-1", ""),
            [
                new("k", Value("0", "1", "2", "3", "4", "99", "", "1.5")),
                new("r", Value(EntryRef.Of("partition", "id"), "topic", "")),
                new("o", Value("origin")),
                new("c", Value("", "638000000000000000", "9999999999999999999", "-3")),
                new("l", Value("", "3:abc", "9:abc", ":")),
                new("p", Value("", "=partition", "=")),
            ]);
        try
        {
            _ = ChangeFields.Read(entry);
        }
        catch (InvalidDataException)
        {
            // Documented: everything has to be loaded again.
        }
    });

    [Fact]
    public void SqliteAndPostgresValues_RandomBytes_NeverThrow() => FuzzRun.Run(random =>
    {
        var bytes = FuzzRun.Mutate(random, new byte[16]);
        Assert.Equal(bytes.Length / sizeof(float), RagCaching.Sqlite.Files.VectorBytes.Decode(bytes).Length);
        Assert.Equal(bytes.Length / sizeof(int), RagCaching.Sqlite.Files.NumberList.Decode(bytes).Length);
        Assert.Equal(bytes.Length / sizeof(float), RagCaching.Postgres.Database.VectorBytes.Decode(bytes).Length);
    });
}
