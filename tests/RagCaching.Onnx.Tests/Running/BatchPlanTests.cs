using CsCheck;
using RagCaching.Onnx.Running;

namespace RagCaching.Onnx.Tests.Running;

public sealed class BatchPlanTests
{
    [Fact]
    public void EndsOf_AnyLengths_CoversEveryTextOnceWithinTheBounds() =>
        Gen.Select(Gen.Int[1, 1_500].Array[1, 200], Gen.Int[1, 64]).Sample((lengths, batchSize) =>
        {
            using var table = new TokenTable(lengths.Length, 1);
            foreach (var length in lengths)
            {
                table.Reserve(length);
                table.Add(length);
            }

            table.Sort();
            var ends = BatchPlan.EndsOf(table, batchSize);

            var order = table.Order.ToArray();
            Assert.Equal(lengths.Length, ends[^1]);
            Assert.Equal(Enumerable.Range(0, lengths.Length), order.Order());
            Assert.Equal(lengths.Order(), order.Select(text => table.LengthOf(text)));
            var start = 0;
            foreach (var end in ends)
            {
                Assert.InRange(end - start, 1, batchSize);
                Assert.True(end - start == 1 || (end - start) * lengths[order[end - 1]] <= BatchPlan.MostPlaces);
                start = end;
            }
        });

    [Fact]
    public void IdsOf_TextsThatNeedMoreRoom_KeepTheirIds()
    {
        using var table = new TokenTable(100, 1);
        for (var text = 0; text < 100; text++)
        {
            table.Reserve(text + 1).Fill(text);
            table.Add(text + 1);
        }

        for (var text = 0; text < 100; text++)
        {
            Assert.Equal(Enumerable.Repeat(text, text + 1), table.IdsOf(text).ToArray());
        }

        Assert.Equal(5_050, table.TotalLength);
    }
}
