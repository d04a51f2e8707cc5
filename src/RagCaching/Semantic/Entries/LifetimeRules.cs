namespace RagCaching.Semantic.Entries;

/// <summary>How the lifetime of stored answers is read.</summary>
/// <param name="StaleIfError">How long past its lifetime an answer may be served when there is no other; <see langword="null"/> for not at all.</param>
/// <param name="EagerRefresh">The share of its lifetime after which an answer is made anew; <see langword="null"/> for never.</param>
internal readonly record struct LifetimeRules(TimeSpan? StaleIfError, double? EagerRefresh);
