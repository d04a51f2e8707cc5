using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace RagCaching.Semantic.Transfers;

/// <summary>Reads lines of UTF-8, none of which is kept longer than it may be.</summary>
internal static class TransferLines
{
    /// <summary>Reads the lines of a stream.</summary>
    /// <param name="source">The stream; it stays open.</param>
    /// <param name="maxBytes">The length of the longest line.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Each line with its number from 1, without its end; <see langword="null"/> for one that is too long. A blank line is empty.</returns>
    public static async IAsyncEnumerable<(long Number, byte[]? Line)> ReadAsync(Stream source, int maxBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(source, new StreamPipeReaderOptions(leaveOpen: true));
        var number = 0L;
        var isTooLong = false;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                var buffer = read.Buffer;
                while (buffer.PositionOf((byte)'\n') is { } end)
                {
                    var line = buffer.Slice(0, end);
                    yield return (++number, isTooLong || line.Length > maxBytes ? null : Trimmed(line));
                    isTooLong = false;
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                }

                if (read.IsCompleted)
                {
                    if (isTooLong || buffer.Length > 0)
                    {
                        yield return (++number, isTooLong || buffer.Length > maxBytes ? null : Trimmed(buffer));
                    }

                    reader.AdvanceTo(buffer.End);
                    yield break;
                }

                // Of a line that is too long already, the rest is passed over.
                if (buffer.Length > maxBytes)
                {
                    isTooLong = true;
                    buffer = buffer.Slice(buffer.End);
                }

                reader.AdvanceTo(buffer.Start, read.Buffer.End);
            }
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static byte[] Trimmed(in ReadOnlySequence<byte> line)
    {
        var bytes = line.ToArray();
        return bytes is [.., (byte)'\r'] ? bytes[..^1] : bytes;
    }
}
