using System.Text.Json;
using RagCaching.Internal.Digests;

namespace RagCaching.Tests.Internal.Digests;

public sealed class CanonicalPropertiesTests
{
    [Fact]
    public void TryAdd_TheOrderOfProperties_DoesNotMatter()
    {
        var one = new Dictionary<string, object?> { ["a"] = 1, ["b"] = "x", ["B"] = null };
        var other = new Dictionary<string, object?> { ["B"] = null, ["b"] = "x", ["a"] = 1 };

        Assert.Equal(DigestOf(one), DigestOf(other));
    }

    [Fact]
    public void TryAdd_NoProperties_AreTheSameAsSkippedOnes()
    {
        var expected = DigestOf(null);

        Assert.Equal(expected, DigestOf([]));
        Assert.Equal(expected, DigestOf(new() { ["skip.a"] = new object(), ["SKIP.b"] = 1 }));
        Assert.NotEqual(expected, DigestOf(new() { ["a"] = null }));
    }

    [Fact]
    public void TryAdd_IntegersOfAnyType_AreTheSameNumber()
    {
        object[] ones = [(sbyte)1, (byte)1, (short)1, (ushort)1, 1, 1u, 1L];

        Assert.Single(ones.Select(DigestOfValue).Distinct());
    }

    [Fact]
    public void TryAdd_ValuesThatCouldBeMistakenForEachOther_AllDiffer()
    {
        object?[] values =
        [
            null, "", "1", 1, 1d, 1m, 1ul, true, "True", DayOfWeek.Monday, ConsoleColor.DarkBlue, Guid.Empty, Guid.Empty.ToString(),
            DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.ToOffset(TimeSpan.FromHours(1)), DateTimeOffset.UnixEpoch.UtcTicks,
            JsonElement.Parse("1"), JsonElement.Parse("\"1\""), JsonElement.Parse("null"), new string[] { "1" }, Array.Empty<string>(),
            new[] { "1", "2" }, new[] { "12" }, new[] { "2", "1" }, double.NaN, double.PositiveInfinity, 0.1, 0.1f,
        ];

        Assert.Equal(values.Length, values.Select(DigestOfValue).Distinct().Count());
        Assert.DoesNotContain(null, values.Select(DigestOfValue));
    }

    [Fact]
    public void TryAdd_ValueWithoutACanonicalForm_IsRefused()
    {
        object[] values = [new object(), new Dictionary<string, object>(), new[] { 1 }, 'c', new Uri("http://localhost"), default(JsonElement), (Func<int>)(() => 1)];

        Assert.All(values, value => Assert.Null(DigestOfValue(value)));
    }

    private static Digest? DigestOfValue(object? value) => DigestOf(new() { ["name"] = value });

    private static Digest? DigestOf(Dictionary<string, object?>? properties)
    {
        var builder = new DigestBuilder([], "test");
        if (CanonicalProperties.TryAdd(ref builder, properties, "skip."))
        {
            return builder.Complete([]);
        }

        builder.Release();
        return null;
    }
}
