using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Rows;

namespace RagCaching.Tests.VectorStores.InMemory.Rows;

public sealed class WriteScratchTests
{
    [Fact]
    public void Normalise_ShorterVectorAfterALongerOne_GivesOneOfUnitNormAndClearsThePadding()
    {
        var scratch = new WriteScratch();
        scratch.Normalise(Enumerable.Repeat(1f, 64).ToArray(), norm: 8);

        var row = scratch.Normalise([3, 4], norm: 5).ToArray();

        Assert.Equal(DotKernel.Step, row.Length);
        Assert.Equal([0.6f, 0.8f], row[..2]);
        Assert.All(row[2..], component => Assert.Equal(0, component));
    }

    [Fact]
    public void Current_OtherThread_IsAnotherOne()
    {
        var mine = WriteScratch.Current;
        WriteScratch? other = null;
        var thread = new Thread(() => other = WriteScratch.Current);
        thread.Start();
        thread.Join();

        Assert.Same(mine, WriteScratch.Current);
        Assert.NotNull(other);
        Assert.NotSame(mine, other);
    }
}
