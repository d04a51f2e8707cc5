namespace RagCaching;

/// <summary>The form of the records of a <see cref="VectorDataStore"/>. It must not change while collections have content.</summary>
public sealed class VectorDataSchema
{
    /// <summary>Gets or sets the index of the vectors, one of the names of <see cref="Microsoft.Extensions.VectorData.IndexKind"/>.</summary>
    /// <value>
    /// Default "Flat": exact, and the filter is applied first. With an approximate index that filters afterwards, small partitions lose hits; that is noticed, and searches of partitions with up
    /// to 4,096 entries are then made here, at the cost of reading them.
    /// </value>
    public string IndexKind { get; set; } = Microsoft.Extensions.VectorData.IndexKind.Flat;

    /// <summary>Gets or sets how the database compares vectors, one of the names of <see cref="Microsoft.Extensions.VectorData.DistanceFunction"/>.</summary>
    /// <value>
    /// Default "CosineSimilarity". It only has to put the same vectors first as the cosine does. Stored vectors have unit norm, so the dot product and the Euclidean distance do, too; the Manhattan and the
    /// Hamming distance do not and are refused. The scores of the database are never used.
    /// </value>
    public string DistanceFunction { get; set; } = Microsoft.Extensions.VectorData.DistanceFunction.CosineSimilarity;

    /// <summary>Gets or sets a value indicating whether keys are of the type <see cref="Guid"/> instead of texts of 44 characters.</summary>
    /// <value>Default <see langword="false"/>. Qdrant and Weaviate need it; for SQL Server it makes a smaller primary key.</value>
    public bool GuidKeys { get; set; }

    /// <summary>Gets or sets a value indicating whether content is stored as Base64 text instead of bytes.</summary>
    /// <value>Default <see langword="false"/>. For databases without a type for bytes, such as Qdrant and Azure AI Search. It takes a third more room.</value>
    public bool TextContent { get; set; }

    /// <summary>Gets or sets a value indicating whether the labels of an entry are a field that filters can search.</summary>
    /// <value>
    /// Default <see langword="true"/>: a list of texts. If <see langword="false"/>, for databases without lists, such as SQL Server, labels are compared here: removing or counting by tag, source or user
    /// reads every entry of the cache.
    /// </value>
    public bool FilterLabels { get; set; } = true;

    /// <summary>Copies all settings.</summary>
    internal VectorDataSchema Copy() => new() { IndexKind = IndexKind, DistanceFunction = DistanceFunction, GuidKeys = GuidKeys, TextContent = TextContent, FilterLabels = FilterLabels };
}
