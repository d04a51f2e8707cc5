namespace RagCaching.Semantic;

/// <summary>When the generation of an answer began, so that a removal since then keeps it from being stored.</summary>
/// <param name="RemovalsBefore">How many removals there had been.</param>
/// <param name="StartedAt">The time.</param>
internal readonly record struct WriteTicket(long RemovalsBefore, DateTimeOffset StartedAt);
