using RagCaching.VectorStores.InMemory.Kernels;

namespace RagCaching.Tests.VectorStores.InMemory.Kernels;

[Trait("Category", "Kernel")]
public sealed class ProjectionKernelTests
{
    [Fact]
    public void Multiply_EveryLength_IsCloseToTheDoubleReference()
    {
        var random = new Random(3);
        for (var length = 32; length <= 320; length += 32)
        {
            var axes = Enumerable.Range(0, 8 * length).Select(_ => random.NextSingle() - 0.5f).ToArray();
            var vector = Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f).ToArray();
            var coordinates = new float[8];

            ProjectionKernel.Multiply(axes, vector, coordinates);

            for (var axis = 0; axis < 8; axis++)
            {
                var expected = Enumerable.Range(0, length).Sum(i => (double)axes[(axis * length) + i] * vector[i]);

                // A handful of roundings of numbers below 1/4 each: 2^-24 per step and sum.
                Assert.Equal(expected, coordinates[axis], length * 1e-7);
                Assert.Equal(expected, ProjectionKernel.Four256(ref axes[axis / 4 * 4 * length], ref vector[0], (nuint)length)[axis % 4], length * 1e-7);
                Assert.Equal(expected, ProjectionKernel.Four512(ref axes[axis / 4 * 4 * length], ref vector[0], (nuint)length)[axis % 4], length * 1e-7);
            }
        }
    }

    [Theory]
    [InlineData(8, 31, 8)]
    [InlineData(8, 32, 6)]
    [InlineData(7, 32, 8)]
    public void Multiply_LengthsDoNotFit_Throws(int axes, int length, int coordinates) =>
        Assert.Throws<ArgumentException>(() => ProjectionKernel.Multiply(new float[axes * length], new float[length], new float[coordinates]));
}
