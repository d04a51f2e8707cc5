namespace RagCaching.Semantic.Requests;

/// <summary>When a request came in, so that a removal since then keeps its answer from being stored. Not when its factory was called: what the answer is built on may have been read before.</summary>
/// <param name="RemovalsBefore">How many removals there had been.</param>
/// <param name="StartedAt">The time, UTC: half the size of a <see cref="DateTimeOffset"/>, in what every hit allocates.</param>
internal readonly record struct WriteTicket(long RemovalsBefore, DateTime StartedAt);
