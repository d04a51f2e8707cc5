using RagCaching.VectorStores.InMemory.Kernels;

namespace RagCaching.Tests.VectorStores.InMemory.Kernels;

[Trait("Category", "Kernel")]
public sealed class CodeKernelTests
{
    [Theory]
    [InlineData(127, 127)]
    [InlineData(255, 63)]
    public void Dot_EveryLength_HasTheSumOfTheDefinition(int largestCode, int largestWeight)
    {
        var random = new Random(2);
        for (var length = 0; length <= 3_072; length += CodeKernel.Step)
        {
            foreach (var isExtreme in new[] { false, true })
            {
                var codes = Enumerable.Range(0, length + 1).Select(_ => (byte)(isExtreme ? largestCode : random.Next(largestCode + 1))).ToArray();
                var weights = Enumerable.Range(0, length + 1).Select(_ => (sbyte)(isExtreme ? -largestWeight : random.Next(-largestWeight, largestWeight + 1))).ToArray();

                var expected = Enumerable.Range(0, length).Sum(i => codes[i] * weights[i]);

                Assert.Equal(expected, CodeKernel.Dot(ref codes[0], ref weights[0], length));
                Assert.Equal(expected, CodeKernel.DotPortable(ref codes[0], ref weights[0], (nuint)length));
            }
        }
    }
}
