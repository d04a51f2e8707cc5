using RagCaching.Internal;

namespace RagCaching.Semantic.Storing;

/// <summary>What everything shares that reads a stored entry, changes it and writes it back.</summary>
/// <param name="Locks">One change of an entry at a time.</param>
/// <param name="MaxAnswerBytes">The largest answer that is stored, in bytes.</param>
/// <param name="Time">The time.</param>
internal sealed record EntryChanges(KeyedLocks Locks, int MaxAnswerBytes, TimeProvider Time);
