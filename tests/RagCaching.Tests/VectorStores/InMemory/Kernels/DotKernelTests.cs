using RagCaching.VectorStores.InMemory.Kernels;

namespace RagCaching.Tests.VectorStores.InMemory.Kernels;

/// <summary>Runs again in CI with narrower instruction sets: the category is what that run selects.</summary>
[Trait("Category", "Kernel")]
public sealed class DotKernelTests
{
    [Fact]
    public void Dot_EveryLength_IsWithinTheDocumentedErrorOfTheDoubleReference()
    {
        var random = new Random(1);
        for (var length = 0; length <= 257; length++)
        {
            var x = Padded(random, length);
            var y = Padded(random, length);

            var dot = DotKernel.Dot(x, y);

            // One rounding of a product and sum for each step, five in the tree, relative to the sum of the absolute products.
            var absolute = x.Zip(y, (a, b) => Math.Abs((double)a * b)).Sum();
            var tolerance = ((x.Length / 32) + 5) * Math.Pow(2, -24) * absolute;
            Assert.Equal(x.Zip(y, (a, b) => (double)a * b).Sum(), dot, tolerance);
        }
    }

    [Fact]
    public void Dot_EveryLengthAndPath_HasTheBitsOfTheScalarDefinition()
    {
        var random = new Random(2);
        for (var length = 1; length <= 257; length++)
        {
            var x = Padded(random, length);
            var y = Padded(random, length);

            var expected = BitConverter.SingleToInt32Bits(Definition(x, y));

            Assert.Equal(expected, BitConverter.SingleToInt32Bits(DotKernel.Dot(x, y)));
            Assert.Equal(expected, BitConverter.SingleToInt32Bits(DotKernel.Dot512(ref x[0], ref y[0], (nuint)x.Length)));
            Assert.Equal(expected, BitConverter.SingleToInt32Bits(DotKernel.Dot256(ref x[0], ref y[0], (nuint)x.Length)));
            Assert.Equal(expected, BitConverter.SingleToInt32Bits(DotKernel.Dot128(ref x[0], ref y[0], (nuint)x.Length)));
        }
    }

    [Fact]
    public void Dot_OneComponentAtEachPosition_CountsItOnce()
    {
        for (var position = 0; position < 96; position++)
        {
            var x = new float[96];
            var y = new float[96];
            Array.Fill(y, 3);
            x[position] = 2;

            Assert.Equal(6, DotKernel.Dot(x, y));
        }
    }

    [Theory]
    [InlineData(32, 64)]
    [InlineData(33, 33)]
    [InlineData(8, 8)]
    public void Dot_LengthsThatAreNotEqualWholeSteps_Throws(int first, int second)
    {
        Assert.Throws<ArgumentException>(() => DotKernel.Dot(new float[first], new float[second]));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 32)]
    [InlineData(32, 32)]
    [InlineData(33, 64)]
    [InlineData(1536, 1536)]
    public void PaddedLength_Dimensions_AreRoundedUpToWholeSteps(int dimensions, int expected)
    {
        Assert.Equal(expected, DotKernel.PaddedLength(dimensions));
    }

    /// <summary>What the kernel's documentation says, one component at a time.</summary>
    private static float Definition(float[] x, float[] y)
    {
        var sums = new float[DotKernel.Step];
        for (var i = 0; i < x.Length; i++)
        {
            sums[i % DotKernel.Step] = MathF.FusedMultiplyAdd(x[i], y[i], sums[i % DotKernel.Step]);
        }

        var eight = new float[8];
        for (var i = 0; i < 8; i++)
        {
            eight[i] = sums[i] + sums[i + 8] + (sums[i + 16] + sums[i + 24]);
        }

        return eight[0] + eight[4] + (eight[2] + eight[6]) + (eight[1] + eight[5] + (eight[3] + eight[7]));
    }

    private static float[] Padded(Random random, int length)
    {
        var vector = new float[DotKernel.PaddedLength(length)];
        for (var i = 0; i < length; i++)
        {
            vector[i] = (random.NextSingle() * 2) - 1;
        }

        return vector;
    }
}
