using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Pruning;
using RagCaching.VectorStores.InMemory.Scanning;

namespace RagCaching.Tests.VectorStores.InMemory.Pruning;

public sealed class CodeExceptionsTests
{
    private const int Rows = 400;

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(384)]
    [InlineData(1_536)]
    public void UpperOf_VectorsOfOtherData_IsNeverBelowTheSimilarityAndRulesMostOut(int dimensions)
    {
        const float Floor = 0.95f;
        var (heads, rows) = TestHeads.OfOtherData(dimensions, Rows);
        var exceptions = heads.Exceptions.Items;
        var (all, ruledOut) = (0, 0);
        for (var i = 0; i < Rows; i += 7)
        {
            var query = new HeadQuery();
            query.Begin(heads.Encoding);
            query.PrepareStripe(HeadLayout.Stripes - 1, rows[i]);
            if (heads.Encoding.Layout.RowBytes > 0)
            {
                query.PrepareRow(rows[i]);
            }

            foreach (ref readonly var exception in exceptions)
            {
                var similarity = DotKernel.Dot(rows[i], rows[exception.Slot]);
                var lowest = float.MaxValue;
                for (var stage = 0; stage < heads.Encoding.Layout.UsedStages; stage++)
                {
                    lowest = Math.Min(lowest, query.UpperOf(heads, exception, stage));
                }

                Assert.True(lowest >= similarity, $"The bound is {lowest} and the similarity of {i} and {exception.Slot} is {similarity}.");
                all += similarity < Floor ? 1 : 0;
                ruledOut += lowest < Floor ? 1 : 0;
            }
        }

        Assert.True(exceptions.Length > Rows / 10, $"Only {exceptions.Length} vectors are exceptions.");
        Assert.True(ruledOut > 0.9 * all, $"Only {ruledOut} of {all} are ruled out.");
    }

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(384)]
    public void Encode_VectorsOfTheSameData_MakesFewExceptions(int dimensions)
    {
        var encoding = TestHeads.Encoding(dimensions, Rows);
        var source = new VectorSource(dimensions, seed: 1);
        var codes = new HeadCodes();
        var exceptions = 0;
        for (var i = 0; i < 2 * Rows; i++)
        {
            encoding.Encode(AdversarialData.Unit(source.Next()), codes);
            exceptions += codes.IsException ? 1 : 0;
        }

        Assert.InRange(exceptions, 0, Rows / 20);
    }

    [Fact]
    public void StripesSum_EveryStage_IsThatOfTheKernel()
    {
        var (heads, rows) = TestHeads.OfOtherData(64, Rows);
        var query = new HeadQuery();
        query.Begin(heads.Encoding);
        query.PrepareStripe(HeadLayout.Stripes - 1, rows[5]);
        var survivors = new GroupSurvivors();
        StripeScan.All(heads, Rows / StripeKernel.GroupSize, query, int.MinValue, survivors);

        for (var slot = 0; slot < Rows; slot++)
        {
            var sum = survivors.SumsAt(slot / StripeKernel.GroupSize)[slot % StripeKernel.GroupSize];
            Assert.Equal(sum, heads.StripesSum(slot, HeadLayout.Stripes - 1, query.Stripes));
        }
    }

    [Fact]
    public void Write_SlotTurnsIntoAnOrdinaryOneAndBack_IsListedOnce()
    {
        var exceptions = new CodeExceptions(100, HeadLayout.Stripes);
        var (ordinary, other) = Codes();

        exceptions.Write(70, other);
        exceptions.Write(70, ordinary);
        Assert.False(exceptions.Contains(70));

        exceptions.Write(70, other);
        Assert.True(exceptions.Contains(70));
        Assert.False(exceptions.Contains(6));
        Assert.Equal(70, Assert.Single(exceptions.Items.ToArray()).Slot);
    }

    private static (HeadCodes Ordinary, HeadCodes Exception) Codes()
    {
        var encoding = TestHeads.Encoding(64, Rows);
        var sets = new[] { new VectorSource(64, seed: 1), new VectorSource(64, seed: 2, decay: 0) }.Select(source =>
        {
            var codes = new HeadCodes();
            encoding.Encode(AdversarialData.Unit(source.Next()), codes);
            return codes;
        }).ToArray();
        Assert.Equal((false, true), (sets[0].IsException, sets[1].IsException));
        return (sets[0], sets[1]);
    }
}
