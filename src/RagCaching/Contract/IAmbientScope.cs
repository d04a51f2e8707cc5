namespace RagCaching.Contract;

/// <summary>A cache that knows the scope of its callers: for code that is called now and asks later.</summary>
internal interface IAmbientScope
{
    /// <summary>Reads who may share the answers to a query that names no scope, as things are now.</summary>
    AmbientScope ReadScope();
}
