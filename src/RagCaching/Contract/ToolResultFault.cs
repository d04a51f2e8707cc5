namespace RagCaching;

/// <summary>Specifies why the result of a tool's call was not stored.</summary>
public enum ToolResultFault
{
    /// <summary>The arguments have no canonical JSON form: a cycle, a number that is none, or a type that cannot be written.</summary>
    Arguments,

    /// <summary>The result is null.</summary>
    Null,

    /// <summary>The result is binary, or content of a chat message.</summary>
    Binary,

    /// <summary>The result is neither a text nor JSON. <see cref="Microsoft.Extensions.AI.AIFunctionFactory"/> makes functions that return JSON.</summary>
    Type,

    /// <summary>The result is longer than <see cref="ToolResultCacheOptions.MaxResultLength"/>.</summary>
    TooLarge,

    /// <summary>The tool threw.</summary>
    Exception,
}
