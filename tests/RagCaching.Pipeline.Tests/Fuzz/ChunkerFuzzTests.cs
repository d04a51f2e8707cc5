using RagCaching.Tests.Fuzz;

namespace RagCaching.Pipeline.Tests.Fuzz;

/// <summary>Documents of any kind: the chunker ends, keeps every character but white space, and never throws.</summary>
public sealed class ChunkerFuzzTests
{
    [Fact]
    public void Cut_RandomTexts_KeepsEverythingAndNeverThrows() => FuzzRun.Run(random =>
    {
        var text = FuzzRun.Text(random, 60);
        var length = random.Next(1, 80);

        var chunks = TextChunker.Cut(text, length, overlap: 0);

        Assert.Equal(Dense(text), Dense(string.Concat(chunks)));
        Assert.All(chunks, chunk => Assert.False(string.IsNullOrWhiteSpace(chunk)));
        var overlapping = TextChunker.Cut(text, length, random.Next((length + 1) / 2));
        Assert.InRange(overlapping.Count, chunks.Count > 0 ? 1 : 0, text.Length + 1);
    });

    [Fact]
    public void Cut_TwiceTheText_AllocatesAboutTwice()
    {
        foreach (var piece in new[] { "word ", "a", "你好。", "नमस्ते। ", "e\u0301", "👩‍👩‍👧", "\n\n", ". " })
        {
            _ = Allocated(piece, 100);
            Assert.InRange(Allocated(piece, 40_000), 0, (long)(2.6 * Allocated(piece, 20_000)) + 10_000);
        }
    }

    private static string Dense(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));

    private static long Allocated(string piece, int pieces)
    {
        var text = string.Concat(Enumerable.Repeat(piece, pieces));
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = TextChunker.Cut(text);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
