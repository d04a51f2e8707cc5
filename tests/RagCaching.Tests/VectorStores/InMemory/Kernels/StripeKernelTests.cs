using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RagCaching.VectorStores.InMemory.Kernels;

namespace RagCaching.Tests.VectorStores.InMemory.Kernels;

[Trait("Category", "Kernel")]
public sealed class StripeKernelTests
{
    [Fact]
    public void Add_AnyCodesAndWeights_HasTheSumsOfTheDefinition()
    {
        var random = new Random(1);
        for (var round = 0; round < 1_000; round++)
        {
            // Every tenth round at the ends of both ranges, where 16 bits are nearly full.
            var isExtreme = round % 10 == 0;
            var codes = Enumerable.Range(0, StripeKernel.QuadBytes).Select(_ => isExtreme ? (byte)127 : (byte)random.Next(128)).ToArray();
            var weights = Enumerable.Range(0, 4).Select(_ => isExtreme ? (sbyte)(random.Next(2) == 0 ? 127 : -127) : (sbyte)random.Next(-127, 128)).ToArray();
            var spread = Vector256.Create(MemoryMarshal.Read<int>(MemoryMarshal.AsBytes<sbyte>(weights)));
            var start = Vector256.Create(random.Next(-1_000, 1_000));

            var sums = StripeKernel.Add(start, ref codes[0], spread);

            for (var vector = 0; vector < StripeKernel.GroupSize; vector++)
            {
                var expected = Enumerable.Range(0, 4).Sum(axis => codes[(vector * 4) + axis] * weights[axis]);
                Assert.Equal(start[vector] + expected, sums[vector]);
                Assert.Equal(expected, StripeKernel.QuadPortable(ref codes[0], spread)[vector]);
            }

            Assert.Equal(start, StripeKernel.Subtract(sums, ref codes[0], spread));
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
}
