using RagCaching.Internal.Digests;

namespace RagCaching;

/// <summary>Identifies who may share cached answers. No question, answer or vector crosses a scope, whatever the similarity.</summary>
/// <remarks>
/// <para>
/// A scope is a list of texts. Scopes are compared part by part and character by character: <c>For("a", "b")</c> and <c>For("a/b")</c> are
/// different scopes. Parts leave the process only as digests and are never logged.
/// </para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class CacheScope : IEquatable<CacheScope>
{
    private readonly string[] _parts;

    private CacheScope(string[] parts) => _parts = parts;

    /// <summary>Gets the scope of answers that every caller may see.</summary>
    public static CacheScope Shared { get; } = new([]);

    /// <summary>Gets the parts; none for the shared scope.</summary>
    internal ReadOnlySpan<string> Parts => _parts;

    /// <summary>Gets the scope of one tenant, user or document set that must be kept apart from all others.</summary>
    /// <param name="parts">The parts that name the scope, for example a tenant and a user. At least one; none may be blank.</param>
    /// <exception cref="ArgumentException">There is no part, or a part is null, empty or white space.</exception>
    public static CacheScope For(params ReadOnlySpan<string> parts)
    {
        if (parts.IsEmpty)
        {
            throw new ArgumentException("A scope needs at least one part. For answers that everybody may share, use CacheScope.Shared.", nameof(parts));
        }

        for (var i = 0; i < parts.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(parts[i]))
            {
                throw new ArgumentException(
                    $"Part {i} of the scope is null or blank. A missing tenant or user must not silently become a scope of its own.", nameof(parts));
            }
        }

        return new CacheScope(parts.ToArray());
    }

    /// <inheritdoc/>
    public bool Equals(CacheScope? other) => other is not null && _parts.AsSpan().SequenceEqual(other._parts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CacheScope);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var part in _parts)
        {
            hash.Add(part, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <summary>Returns a text that distinguishes the shared scope from all others, but does not identify the other scopes.</summary>
    /// <returns>A text that is safe to log.</returns>
    public override string ToString() => _parts.Length == 0 ? "shared" : "restricted";

    /// <summary>Adds the scope to a digest.</summary>
    internal void AddTo(ref DigestBuilder builder)
    {
        builder.Add(_parts.Length);
        foreach (var part in _parts)
        {
            builder.Add(part);
        }
    }
}
