using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace RagCaching;

/// <summary>Refuses two caches of a host in one journal, each of which would serve the other's answers.</summary>
/// <typeparam name="TOptions">The settings of a journal, named as the caches are.</typeparam>
/// <remarks>For packages that bring an <see cref="IVectorJournal"/>: register it as a singleton of <see cref="IValidateOptions{TOptions}"/>. Thread-safe.</remarks>
public class OneCachePerJournal<TOptions> : IValidateOptions<TOptions>
    where TOptions : class
{
    private readonly ConcurrentDictionary<object, string> _caches = new();
    private readonly Func<TOptions, object?> _journalOf;
    private readonly string _option;

    /// <summary>Creates the check.</summary>
    /// <param name="journalOf">Tells which journal settings name: the same value, as <see cref="object.Equals(object)"/> sees it, for the same journal; <see langword="null"/> for none, which other checks report.</param>
    /// <param name="option">The name of the setting that tells journals apart, for the message.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public OneCachePerJournal(Func<TOptions, object?> journalOf, string option)
    {
        ArgumentNullException.ThrowIfNull(journalOf);
        ArgumentNullException.ThrowIfNull(option);

        _journalOf = journalOf;
        _option = option;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        if (_journalOf(options) is not { } journal)
        {
            return ValidateOptionsResult.Skip;
        }

        var cache = name ?? "";
        var other = _caches.GetOrAdd(journal, cache);
        return other == cache
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Two caches would keep their answers in one journal and serve each other's: {NameOf(other)} and {NameOf(cache)}. Give one of them another {typeof(TOptions).Name}.{_option}.");
    }

    private static string NameOf(string cache) => cache.Length == 0 ? "the default cache" : $"the cache '{cache}'";
}
