using System.Runtime.CompilerServices;
using RagCaching.VectorStores.InMemory.Kernels;
using RagCaching.VectorStores.InMemory.Memory;
using RagCaching.VectorStores.InMemory.Pruning;

namespace RagCaching.VectorStores.InMemory.Rows;

/// <summary>A block of rows of one partition, one row per slot, that never moves.</summary>
/// <remarks>
/// <para>
/// Structure of arrays: the rows lie one after the other, padded to whole steps of <see cref="DotKernel"/>; beside them lies one
/// reference per slot, which says whose row it is, and in <see cref="Codes"/> what searches read in place of the rows.
/// </para>
/// <para>
/// One writer at a time (the partition's lock), any number of readers without a lock. The reference is the row's version: it is
/// taken away before the row is overwritten and a new instance is put in after it, so a reader that finds the same instance before
/// and after it read the row has read that instance's row and no mixture. Codes have no such mark of their own. A slot that was empty
/// needs none, since whoever reads its codes half-written misses an entry that was not there when the search began. Overwriting a row, live or not,
/// is announced by <see cref="Replacements"/>, and whoever read codes meanwhile reads them again: all codes then are those of one moment.
/// </para>
/// </remarks>
internal sealed class Segment
{
    private readonly float[] _rows;
    private readonly StoredEntry?[] _entries;
    private readonly int _start;
    private int _filled;
    private int _replacements;

    public Segment(int dimensions, int slots)
    {
        Dimensions = dimensions;
        Stride = DotKernel.PaddedLength(dimensions);
        Codes = new SegmentCodes(Stride, slots);
        _entries = new StoredEntry?[slots];
        _rows = AlignedMemory.Allocate<float>(checked(Stride * slots), out _start);
    }

    public int Dimensions { get; }

    /// <summary>Gets the padded number of dimensions.</summary>
    public int Stride { get; }

    /// <summary>Gets the codes of the rows.</summary>
    public SegmentCodes Codes { get; }

    public int Slots => _entries.Length;

    /// <summary>Gets how many slots were ever filled; the others are empty.</summary>
    public int Filled => Volatile.Read(ref _filled);

    public bool IsFull => _filled == _entries.Length;

    /// <summary>Gets how often rows began and ended to be overwritten: odd while one is.</summary>
    public int Replacements => Volatile.Read(ref _replacements);

    /// <summary>Fills the next slot that was never filled.</summary>
    public void Append(StoredEntry entry, ReadOnlySpan<float> row, CodeScratch scratch)
    {
        var slot = _filled;
        Codes.Encode(row, scratch);
        WriteSlot(slot, entry, row, scratch);
        Volatile.Write(ref _filled, slot + 1);
    }

    /// <summary>Fills a slot that was emptied.</summary>
    public void Refill(int slot, StoredEntry entry, ReadOnlySpan<float> row, CodeScratch scratch) => Overwrite(slot, null, entry, row, scratch);

    /// <summary>Overwrites the row of a live entry; searches wait for the row instead of missing both versions.</summary>
    public void Replace(int slot, StoredEntry entry, ReadOnlySpan<float> row, CodeScratch scratch) =>
        Overwrite(slot, StoredEntry.BeingWritten, entry, row, scratch);

    /// <summary>Empties a slot.</summary>
    public void Empty(int slot) => Volatile.Write(ref _entries[slot], null);

    /// <summary>Takes over a row of another segment into the next slot that was never filled.</summary>
    public void AppendFrom(Segment source, int sourceSlot)
    {
        var entry = source._entries[sourceSlot]!;
        var slot = _filled;
        source.Row(sourceSlot).CopyTo(Row(slot));
        Volatile.Write(ref _entries[slot], entry);
        entry.PlaceAt(this, slot);
        Volatile.Write(ref _filled, slot + 1);
    }

    /// <summary>Gets the entry of a slot, for the writer.</summary>
    public StoredEntry? EntryAt(int slot) => _entries[slot];

    /// <summary>Gets a row, for the writer.</summary>
    public ReadOnlySpan<float> RowAt(int slot) => Row(slot);

    /// <summary>Copies a row if it is, before and after, the given entry's.</summary>
    public bool TryCopyRow(int slot, StoredEntry entry, out float[] row)
    {
        row = [];
        if ((uint)slot >= (uint)_entries.Length || !ReferenceEquals(Volatile.Read(ref _entries[slot]), entry))
        {
            return false;
        }

        var copy = Row(slot)[..Dimensions].ToArray();
        Volatile.ReadBarrier();
        if (!ReferenceEquals(Volatile.Read(ref _entries[slot]), entry))
        {
            return false;
        }

        row = copy;
        return true;
    }

    /// <summary>Scores the row of a slot.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="query">A unit vector in whole steps.</param>
    /// <param name="similarity">Receives the score of the entry's row, and of no other.</param>
    /// <returns>The entry, or <see langword="null"/> if the slot is empty.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public StoredEntry? Score(int slot, ReadOnlySpan<float> query, out float similarity)
    {
        var spinner = default(SpinWait);
        while (true)
        {
            var entry = Volatile.Read(ref _entries[slot]);
            if (entry is null)
            {
                similarity = 0;
                return null;
            }

            similarity = DotKernel.Dot(query, Row(slot));
            Volatile.ReadBarrier();
            if (ReferenceEquals(entry, Volatile.Read(ref _entries[slot])) && !ReferenceEquals(entry, StoredEntry.BeingWritten))
            {
                return entry;
            }

            // The writer is copying one row; sleeping would take a thousand times as long.
            spinner.SpinOnce(sleep1Threshold: -1);
        }
    }

    private void Overwrite(int slot, StoredEntry? meanwhile, StoredEntry entry, ReadOnlySpan<float> row, CodeScratch scratch)
    {
        Codes.Encode(row, scratch);
        Volatile.Write(ref _replacements, _replacements + 1);
        Volatile.Write(ref _entries[slot], meanwhile);
        WriteSlot(slot, entry, row, scratch);
        Volatile.Write(ref _replacements, _replacements + 1);
    }

    private void WriteSlot(int slot, StoredEntry entry, ReadOnlySpan<float> row, CodeScratch scratch)
    {
        // Whoever sees a component of the new row must also see that the slot was emptied before.
        Volatile.WriteBarrier();
        Codes.Write(slot, row, scratch);
        row.CopyTo(Row(slot));
        entry.PlaceAt(this, slot);
        Volatile.Write(ref _entries[slot], entry);
    }

    private Span<float> Row(int slot) => _rows.AsSpan(_start + (slot * Stride), Stride);
}
