using System.Runtime.Intrinsics;
using RagCaching.VectorStores.InMemory.Kernels;

namespace RagCaching.Tests.VectorStores.InMemory.Kernels;

[Trait("Category", "Kernel")]
public sealed class StripeKernelTests
{
    [Fact]
    public void Block_AnyCodesAndWeights_HasTheSumsOfTheDefinition()
    {
        var random = new Random(1);
        for (var round = 0; round < 1_000; round++)
        {
            // Every tenth round at the ends of both ranges, where 16 bits are nearly full.
            var isExtreme = round % 10 == 0;
            var sign = random.Next(2) == 0 ? 127 : -127;
            var codes = Bytes(_ => isExtreme ? 0xFF : random.Next(256)).Select(code => (byte)code).ToArray();
            var low = Weights(isExtreme, sign, random);
            var high = Weights(isExtreme, sign, random);

            var sums = StripeKernel.Block(ref codes[0], ref low[0], ref high[0]);
            var portable = StripeKernel.BlockPortable(ref codes[0], ref low[0], ref high[0]);

            for (var vector = 0; vector < StripeKernel.GroupSize; vector++)
            {
                var expected = Enumerable.Range(0, StripeKernel.BlockBytes).Where(i => i % StripeKernel.QuadBytes / 4 == vector)
                    .Sum(i => ((codes[i] & 15) * low[i]) + ((codes[i] >> 4) * high[i]));
                Assert.Equal(expected * StripeKernel.Fineness, sums[vector]);
                Assert.Equal(expected * StripeKernel.Fineness, portable[vector]);
            }
        }
    }

    [Fact]
    public void Bytes_AnyCodesAndWeights_HasTheSumsOfTheDefinition()
    {
        var random = new Random(2);
        for (var round = 0; round < 1_000; round++)
        {
            var isExtreme = round % 10 == 0;
            var codes = Bytes(_ => isExtreme ? 0xFF : random.Next(256)).Select(code => (byte)code).ToArray();
            var first = isExtreme ? short.MinValue : (short)random.Next(short.MinValue, short.MaxValue + 1);
            var second = isExtreme ? short.MaxValue : (short)random.Next(short.MinValue, short.MaxValue + 1);
            var weights = (ushort)first | (second << 16);

            var sums = StripeKernel.Bytes(ref codes[0], weights);
            var portable = StripeKernel.BytesPortable(ref codes[0], weights);

            for (var vector = 0; vector < StripeKernel.GroupSize; vector++)
            {
                var expected = (codes[(4 * vector) + 2] * first) + (codes[(4 * vector) + 3] * second);
                Assert.Equal(expected, sums[vector]);
                Assert.Equal(expected, portable[vector]);
            }
        }
    }

    [Fact]
    public void AtLeast_SumsAroundTheLimit_KeepsThoseThatReachIt()
    {
        var sums = Vector256.Create(4, 5, 6, -5, int.MinValue, int.MaxValue, 5, 0);

        Assert.Equal(0b0110_0110u, StripeKernel.AtLeast(sums, 5));
        Assert.Equal(0b1111_1111u, StripeKernel.AtLeast(sums, int.MinValue));
        Assert.Equal(0b0010_0000u, StripeKernel.AtLeast(sums, int.MaxValue));
    }

    private static IEnumerable<int> Bytes(Func<int, int> next) => Enumerable.Range(0, StripeKernel.BlockBytes).Select(next);

    private static sbyte[] Weights(bool isExtreme, int extreme, Random random) =>
        [.. Bytes(_ => isExtreme ? extreme : random.Next(-127, 128)).Select(weight => (sbyte)weight)];
}
