namespace RagCaching.Import.Csv;

/// <summary>Lets through no more characters than one record may have: a quotation mark that is never closed would otherwise make a record of the rest of the file.</summary>
internal sealed class RecordReader(TextReader inner, int limit) : TextReader
{
    private long _read;

    /// <summary>Starts to count anew.</summary>
    public void NextRecord() => _read = 0;

    public override int Read(char[] buffer, int index, int count)
    {
        Check();
        return Counted(inner.Read(buffer, index, count));
    }

    public override async Task<int> ReadAsync(char[] buffer, int index, int count) => await ReadAsync(buffer.AsMemory(index, count)).ConfigureAwait(false);

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        Check();
        return Counted(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));
    }

    private void Check()
    {
        if (_read > limit)
        {
            throw new RecordTooLongException();
        }
    }

    private int Counted(int read)
    {
        _read += read;
        return read;
    }
}
