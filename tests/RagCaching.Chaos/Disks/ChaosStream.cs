using RagCaching.Chaos.Faults;

namespace RagCaching.Chaos.Disks;

/// <summary>A file on a disk that goes wrong as its plan says: garbage is a flipped bit in what is read, and in what is written. A full disk writes half of the last piece.</summary>
/// <param name="inner">The stream behind it.</param>
/// <param name="plan">The plan. Its operations are <c>read</c>, <c>write</c>, <c>flush</c>, <c>seek</c> and <c>length</c>.</param>
public sealed class ChaosStream(Stream inner, FaultPlan plan) : Stream
{
    /// <summary>Gets or sets how many bytes there is room for.</summary>
    public long Room { get; set; } = long.MaxValue;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var isFlipped = Comes("read");
        var read = inner.Read(buffer);
        if (isFlipped && read > 0)
        {
            buffer[read / 2] ^= 1;
        }

        return read;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var isFlipped = Comes("write");
        var room = Room - inner.Position;
        if (buffer.Length > room)
        {
            inner.Write(buffer[..(int)Math.Max(0, room / 2)]);
            throw new IOException("No space left on device.");
        }

        if (!isFlipped || buffer.IsEmpty)
        {
            inner.Write(buffer);
            return;
        }

        var copy = buffer.ToArray();
        copy[copy.Length / 2] ^= 1;
        inner.Write(copy);
    }

    public override void Flush()
    {
        Comes("flush");
        inner.Flush();
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        Comes("seek");
        return inner.Seek(offset, origin);
    }

    public override void SetLength(long value)
    {
        Comes("length");
        inner.SetLength(value);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // A disk is asked synchronously, so what would fail or hang later fails at once. Returns whether bits flip.
    private bool Comes(string operation)
    {
        var kind = plan.Next(operation);
        return kind switch
        {
            FaultKind.None => false,
            FaultKind.AnswersGarbage => true,
            _ => throw plan.Failure(operation),
        };
    }
}
