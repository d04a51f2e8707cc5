using System.Text.Json;
using RagCaching.Onnx.Tokenization;

namespace RagCaching.Onnx.Tests.Tokenization;

/// <summary>The ids of another implementation: see README.md beside this file.</summary>
public sealed class GoldenIdsTests
{
    public static TheoryData<int> Lines => [.. Enumerable.Range(0, Golden.Length)];

    private static (string Text, int[] Ids)[] Golden { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Tokenization", "golden.jsonl")).Select(line => JsonElement.Parse(line)).Select(line => (
            line.GetProperty("text").GetString()!, line.GetProperty("input_ids").EnumerateArray().Select(id => id.GetInt32()).ToArray())),
    ];

    private static WordPieceTokenizer Tokenizer { get; } = Open();

    [Fact]
    public void Golden_Texts_AreMany() => Assert.InRange(Golden.Length, 60, int.MaxValue);

    [Theory]
    [MemberData(nameof(Lines))]
    public void Encode_GoldenText_GivesTheIdsOfTheReference(int line)
    {
        var ids = new int[10_000];

        var read = Tokenizer.Encode("", Golden[line].Text, ids);

        Assert.Equal(Golden[line].Ids, ids[..read.Length]);
        Assert.False(read.IsTruncated);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(256)]
    public void Encode_LittleRoom_KeepsTheBeginningAndTheEndToken(int room)
    {
        var ids = new int[room];
        Assert.All(Golden, golden =>
        {
            var read = Tokenizer.Encode("", golden.Text, ids);

            int[] expected = golden.Ids.Length <= room ? golden.Ids : [.. golden.Ids[..(room - 1)], golden.Ids[^1]];
            Assert.Equal(expected, ids[..read.Length]);
            Assert.Equal(golden.Ids.Length > room, read.IsTruncated);
        });
    }

    [Fact]
    public void Encode_GoldenTexts_AllocatesNothing()
    {
        var ids = new int[256];
        Encode();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Encode();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Encode()
        {
            for (var i = 0; i < Golden.Length; i++)
            {
                Tokenizer.Encode("query: ", Golden[i].Text, ids);
            }
        }
    }

    private static WordPieceTokenizer Open()
    {
        var path = Path.Combine(MiniLMModel.Folder, "vocab.txt");
        using var stream = File.OpenRead(path);
        return new WordPieceTokenizer(Vocabulary.Read(stream, path, SpecialTokens.Bert), TextRules.Uncased);
    }
}
