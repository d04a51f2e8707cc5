using RagCaching.LatencyLab.Traffic;

namespace RagCaching.LatencyLab.Tests.Traffic;

public sealed class ZipfDistributionTests
{
    [Fact]
    public void Next_ManyDraws_FollowTheLaw()
    {
        const int Draws = 100_000;
        var distribution = new ZipfDistribution(4);
        var random = new Random(1);

        var counts = new int[4];
        for (var i = 0; i < Draws; i++)
        {
            counts[distribution.Next(random)]++;
        }

        // 1 + 1/2 + 1/3 + 1/4 = 25/12; one percent of the draws is six standard deviations.
        for (var rank = 0; rank < counts.Length; rank++)
        {
            Assert.Equal(12d / 25 / (rank + 1), (double)counts[rank] / Draws, 0.01);
        }
    }
}
