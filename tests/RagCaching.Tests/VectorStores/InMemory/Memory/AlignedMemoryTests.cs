using System.Runtime.InteropServices;
using RagCaching.VectorStores.InMemory.Memory;

namespace RagCaching.Tests.VectorStores.InMemory.Memory;

public sealed class AlignedMemoryTests
{
    [Theory]
    [InlineData(32)]
    [InlineData(21_249)]
    [InlineData(21_250)]
    [InlineData(1_000_000)]
    public void Allocate_AnyLength_HasRoomForAllRows(int length)
    {
        var rows = AlignedMemory.Allocate<float>(length, out var start);

        Assert.InRange(rows.Length - start, length, int.MaxValue);
    }

    [Fact]
    public void Allocate_ManyComponents_BeginsAtACacheLine()
    {
        for (var length = 30_000; length < 30_032; length++)
        {
            var rows = AlignedMemory.Allocate<float>(length, out var start);

            Assert.Equal(0, Marshal.UnsafeAddrOfPinnedArrayElement(rows, start) % 64);
        }
    }
}
