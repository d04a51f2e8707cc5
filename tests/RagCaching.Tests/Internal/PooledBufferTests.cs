using System.Buffers;
using CsCheck;
using RagCaching.Internal;

namespace RagCaching.Tests.Internal;

public sealed class PooledBufferTests
{
    [Fact]
    public void Written_AnySequenceOfWrites_IsWhatWasWritten()
    {
        Gen.Byte.Array[0, 5000].Array[0, 8].Sample(writes =>
        {
            var buffer = new PooledBuffer();
            foreach (var write in writes)
            {
                buffer.Write(write);
            }

            var same = buffer.Written.SequenceEqual(writes.SelectMany(bytes => bytes).ToArray());
            buffer.Release();
            return same && buffer.Written.IsEmpty;
        });
    }

    [Fact]
    public void Advance_BeyondWhatWasGiven_Throws()
    {
        var buffer = new PooledBuffer();
        var given = buffer.GetMemory(10).Length;

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(given + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
        buffer.Advance(given);
        Assert.Equal(given, buffer.WrittenMemory.Length);
        buffer.Release();
    }
}
