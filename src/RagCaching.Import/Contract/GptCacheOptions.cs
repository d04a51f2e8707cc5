namespace RagCaching;

/// <summary>How questions and answers are read from a database of GPTCache.</summary>
public sealed class GptCacheOptions : AnswerReaderOptions
{
    /// <summary>Gets what the names of the tables begin with: GPTCache's <c>table_name</c>.</summary>
    /// <value>Letters, digits and underscores, at most 64. Default <c>gptcache</c>.</value>
    public string TableName { get; init; } = "gptcache";
}
