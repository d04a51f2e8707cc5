using CsCheck;
using RagCaching.VectorData.Collections;
using RagCaching.VectorData.Records;

namespace RagCaching.VectorData.Tests.Collections;

public sealed class SlotCursorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(10_000)]
    public void Cursor_OverAnyNumberOfRecords_MeetsEachOnceInFewReads(int records)
    {
        var random = new Random(records);
        var slots = Enumerable.Range(0, records).Select(_ => random.NextInt64(EntryNames.Slots)).Order().ToArray();
        var (reads, met) = (0, 0);
        for (var cursor = new SlotCursor(); !cursor.IsAtEnd; reads++)
        {
            var (from, to) = (cursor.From, cursor.To);
            var found = slots.Count(slot => slot >= from && slot < to);
            if (found > SlotCursor.PageSize)
            {
                Assert.True(cursor.TryHalve());
                continue;
            }

            met += found;
            cursor.Advance(found);
        }

        Assert.Equal(records, met);
        Assert.InRange(reads, 1, 20 + (records / 60));
    }

    [Fact]
    public void Cursor_WithAnyCounts_CoversEverySlotOnce() => Gen.Int[0, 2 * SlotCursor.PageSize].Array[1, 200].Sample(counts =>
    {
        var (cursor, covered, i) = (new SlotCursor(), 0L, 0);
        while (!cursor.IsAtEnd && i < 10_000)
        {
            var count = counts[i++ % counts.Length];
            if (count > SlotCursor.PageSize && cursor.TryHalve())
            {
                continue;
            }

            Assert.Equal(covered, cursor.From);
            covered = cursor.To;
            cursor.Advance(Math.Min(count, SlotCursor.PageSize));
        }

        Assert.True(i == 10_000 || covered == EntryNames.Slots);
    });

    [Fact]
    public void TryHalve_OneSlot_HasNoSmallerRange()
    {
        var cursor = new SlotCursor();
        var halvings = 0;
        while (cursor.TryHalve())
        {
            halvings++;
        }

        Assert.Equal(32, halvings);
        Assert.Equal(1, cursor.To - cursor.From);
    }
}
