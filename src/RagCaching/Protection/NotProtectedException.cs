namespace RagCaching.Protection;

/// <summary>Something was not written because its protector failed. It must neither be written in plain text nor keep what comes after it waiting.</summary>
/// <remarks>
/// Without its cause, which was counted, and whose message may quote what was to be protected. An argument that a store refuses, to everybody on the way: it is dropped and counted, and says nothing about
/// the store's health.
/// </remarks>
internal sealed class NotProtectedException() : ArgumentException("The payload could not be protected, so it is not stored.");
