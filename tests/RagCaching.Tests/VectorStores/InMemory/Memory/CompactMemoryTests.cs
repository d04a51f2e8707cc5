using System.Buffers;
using RagCaching.VectorStores.InMemory.Memory;

namespace RagCaching.Tests.VectorStores.InMemory.Memory;

public sealed class CompactMemoryTests
{
    private static readonly byte[] Bytes = [1, 2, 3, 4];

    [Fact]
    public void Pack_NoBytes_IsNothing() => Assert.Null(CompactMemory.Pack(Bytes.AsMemory(2, 0)));

    [Fact]
    public void Pack_WholeArray_IsTheArray() => Assert.Same(Bytes, CompactMemory.Pack(Bytes));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 4)]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(1, 2)]
    public void Unpack_PartOfAnArray_IsThatPart(int start, int length) =>
        Assert.Equal(Bytes[start..(start + length)], CompactMemory.Unpack(CompactMemory.Pack(Bytes.AsMemory(start, length))).ToArray());

    [Fact]
    public void Unpack_MemoryThatIsNoArray_IsThatMemory()
    {
        using var owner = new OtherMemory();

        Assert.Equal(Bytes, CompactMemory.Unpack(CompactMemory.Pack(owner.Memory)).ToArray());
    }

    private sealed class OtherMemory : MemoryManager<byte>
    {
        public override Span<byte> GetSpan() => Bytes;

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin() => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
        }
    }
}
