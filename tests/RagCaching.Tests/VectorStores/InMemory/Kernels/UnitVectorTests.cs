using RagCaching.VectorStores.InMemory.Kernels;

namespace RagCaching.Tests.VectorStores.InMemory.Kernels;

[Trait("Category", "Kernel")]
public sealed class UnitVectorTests
{
    [Fact]
    public void NormOf_EveryNumberOfComponents_EqualsTheDoubleReference()
    {
        var random = new Random(1);
        for (var count = 1; count <= 257; count++)
        {
            var vector = RandomVector(random, count);

            var length = UnitVector.NormOf(vector, "vector");

            // Both sum in double precision, in different orders: count roundings of 2⁻⁵³ each.
            var expected = Math.Sqrt(vector.Sum(component => (double)component * component));
            Assert.Equal(expected, length, expected * count * Math.Pow(2, -53));
        }
    }

    [Fact]
    public void NormOf_NotFiniteAtAnyPosition_ThrowsNamingPositionAndValue()
    {
        foreach (var component in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            for (var position = 0; position < 67; position++)
            {
                var vector = RandomVector(new Random(2), 67);
                vector[position] = component;

                var exception = Assert.Throws<ArgumentException>("vector", () => UnitVector.NormOf(vector, "vector"));

                Assert.Contains($"component {position} is {component};", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(float.Epsilon)]
    [InlineData(-1e-39f)]
    public void NormOf_ZeroOrSubnormal_Throws(float component)
    {
        Assert.Throws<ArgumentException>("vector", () => UnitVector.NormOf([component, -0f, component], "vector"));
    }

    [Fact]
    public void NormOf_NoComponents_Throws()
    {
        Assert.Throws<ArgumentException>("vector", () => UnitVector.NormOf([], "vector"));
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(float.MaxValue)]
    [InlineData(1.2e-38f)]
    public void Write_ComponentsOfAnySize_GivesUnitNormAndClearsTheRest(float scale)
    {
        float[] vector = [scale, -scale, scale / 2, 0, scale];
        var destination = Enumerable.Repeat(float.NaN, 32).ToArray();

        UnitVector.Write(vector, UnitVector.NormOf(vector, "vector"), destination);

        // Five components, each rounded once.
        Assert.Equal(1, destination.Sum(component => (double)component * component), 5 * Math.Pow(2, -23));
        Assert.Equal(-destination[0], destination[1]);
        Assert.All(destination[5..], component => Assert.Equal(0, component));
    }

    private static float[] RandomVector(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
}
