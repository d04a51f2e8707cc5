using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace RagCaching.Journals;

/// <summary>The entries that this instance has changed and whose changes it has not yet seen in the journal: until then its own view of them holds.</summary>
/// <remarks>
/// Changes of one entry, and what is decided upon them, are ordered by the lock of its stripe. A change that is seen in the journal settles one, so an entry that is changed twice
/// stays pending until both are seen.
/// </remarks>
internal sealed class PendingChanges
{
    /// <summary>The number of locks.</summary>
    public const int StripeCount = 64;

    private readonly Lock[] _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Lock())];
    private readonly ConcurrentDictionary<EntryKey, Pending> _pending = new();

    /// <summary>Gets the lock that orders changes of an entry.</summary>
    public Lock StripeOf(EntryKey key) => _stripes[NumberOf(key)];

    /// <summary>Gets the number of that lock.</summary>
    public static int NumberOf(EntryKey key) => (int)((uint)key.GetHashCode() % StripeCount);

    /// <summary>Notes a change of an entry. The stripe's lock is held.</summary>
    /// <param name="key">The entry.</param>
    /// <param name="basedOn">The version that the change knew.</param>
    /// <param name="entry">The entry as it is now; <see langword="null"/> where it is removed.</param>
    public void Add(EntryKey key, long basedOn, VectorEntry? entry) =>
        _pending[key] = new Pending(_pending.TryGetValue(key, out var before) ? before.Count + 1 : 1, basedOn, entry);

    /// <summary>Notes that a change was seen in the journal, or never will be.</summary>
    public void Settle(EntryKey key)
    {
        lock (StripeOf(key))
        {
            if (!_pending.TryGetValue(key, out var pending))
            {
                return;
            }

            if (pending.Count == 1)
            {
                _pending.TryRemove(key, out _);
            }
            else
            {
                _pending[key] = pending with { Count = pending.Count - 1 };
            }
        }
    }

    /// <summary>Notes that a removal has taken an entry whose pending change did not know of it: the entry is not there any more, and what the journal makes of the change is still to be seen.</summary>
    public void Withdraw(EntryKey key, long removal, Func<VectorEntry, bool> covers)
    {
        lock (StripeOf(key))
        {
            if (_pending.TryGetValue(key, out var pending) && pending.Entry is not null && pending.BasedOn < removal && covers(pending.Entry))
            {
                _pending[key] = pending with { Entry = null };
            }
        }
    }

    /// <summary>Lets every removal cover what is pending: the versions on which that is based belong to another content of the journal.</summary>
    public void ForgetBasis()
    {
        foreach (var key in _pending.Keys)
        {
            lock (StripeOf(key))
            {
                if (_pending.TryGetValue(key, out var pending) && pending.Entry is not null)
                {
                    _pending[key] = pending with { BasedOn = 0 };
                }
            }
        }
    }

    /// <summary>Gets the entries with pending changes at this moment.</summary>
    public ICollection<EntryKey> Keys => _pending.IsEmpty ? [] : _pending.Keys;

    /// <summary>Tells whether this instance's own view of an entry holds.</summary>
    public bool Contains(EntryKey key) => _pending.ContainsKey(key);

    /// <summary>Tells whether more than one change of an entry is pending.</summary>
    public bool ContainsLaterThanLast(EntryKey key) => _pending.TryGetValue(key, out var pending) && pending.Count > 1;

    /// <summary>Tells whether a removal leaves an entry alone, because its pending change knew of the removal.</summary>
    public bool Outlives(EntryKey key, long removal) => !_pending.IsEmpty && _pending.TryGetValue(key, out var pending) && pending.BasedOn >= removal;

    /// <summary>Gets the content of an entry that is not in the journal yet.</summary>
    public bool TryGetEntry(EntryKey key, [NotNullWhen(true)] out VectorEntry? entry)
    {
        entry = _pending.TryGetValue(key, out var pending) ? pending.Entry : null;
        return entry is not null;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Pending(int Count, long BasedOn, VectorEntry? Entry);
}
