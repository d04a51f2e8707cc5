namespace RagCaching;

/// <summary>How questions and answers are read from a semantic cache of RedisVL.</summary>
public sealed class RedisVLOptions : AnswerReaderOptions
{
    /// <summary>Gets what the keys begin with, before the colon: the <c>name</c> of the cache.</summary>
    /// <value>Not blank. Default <c>llmcache</c>, which is RedisVL's.</value>
    public string Name { get; init; } = "llmcache";

    /// <summary>Gets the number of the database.</summary>
    /// <value>At least 0. Default 0.</value>
    public int Database { get; init; }

    /// <summary>Gets the filterable fields whose values are, in this order, the parts of the scope. An answer that lacks one is a fault.</summary>
    /// <value>Default none: the scope is <see cref="AnswerReaderOptions.Scope"/>.</value>
    public IReadOnlyList<string> ScopeFields { get; init; } = [];

    /// <summary>Gets the filterable fields whose values become tags, such as <c>country=nl</c>.</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<string> TagFields { get; init; } = [];
}
