using Microsoft.Extensions.VectorData;

namespace RagCaching.VectorData.Records;

/// <summary>The fields of a record. Those that filters use hold digests and numbers only, never a caller's text.</summary>
internal static class RecordFields
{
    public const string Key = "key";
    public const string Partition = "partition";

    /// <summary>1 for an entry that has a vector, 0 for one whose vector stands in for none.</summary>
    public const string Searchable = "searchable";

    /// <summary>When the entry expires, in milliseconds since 1970, rounded up.</summary>
    public const string Expires = "expires";

    /// <summary>When the entry was created, in milliseconds since 1970, rounded down.</summary>
    public const string Created = "created";

    /// <summary>A place in a range in which the keys are spread evenly: it cuts a collection into pages.</summary>
    public const string Slot = "slot";
    public const string Labels = "labels";
    public const string Content = "content";
    public const string Vector = "vector";

    /// <summary>Defines a collection.</summary>
    /// <param name="schema">The form of its records.</param>
    /// <param name="dimensions">The number of dimensions of its vectors.</param>
    public static VectorStoreCollectionDefinition Define(VectorDataSchema schema, int dimensions)
    {
        var properties = new List<VectorStoreProperty>
        {
            new VectorStoreKeyProperty(Key, schema.GuidKeys ? typeof(Guid) : typeof(string)),
            new VectorStoreDataProperty(Partition, typeof(string)) { IsIndexed = true },
            new VectorStoreDataProperty(Searchable, typeof(long)) { IsIndexed = true },
            new VectorStoreDataProperty(Expires, typeof(long)) { IsIndexed = true },
            new VectorStoreDataProperty(Created, typeof(long)) { IsIndexed = true },
            new VectorStoreDataProperty(Slot, typeof(long)) { IsIndexed = true },
            new VectorStoreDataProperty(Content, schema.TextContent ? typeof(string) : typeof(byte[])),
            new VectorStoreVectorProperty(Vector, typeof(ReadOnlyMemory<float>), dimensions) { IndexKind = schema.IndexKind, DistanceFunction = schema.DistanceFunction },
        };
        if (schema.FilterLabels)
        {
            properties.Add(new VectorStoreDataProperty(Labels, typeof(List<string>)) { IsIndexed = true });
        }

        return new VectorStoreCollectionDefinition { Properties = properties };
    }

    /// <summary>Says what a collection has to look like.</summary>
    public static string Describe(VectorDataSchema schema, int dimensions) => string.Join(", ", Define(schema, dimensions).Properties.Select(static property => property switch
    {
        VectorStoreVectorProperty vector => $"{property.Name} ({vector.Dimensions} dimensions)",
        VectorStoreDataProperty { IsIndexed: true } => $"{property.Name} ({NameOf(property.Type)}, indexed)",
        _ => $"{property.Name} ({NameOf(property.Type)})",
    }));

    private static string NameOf(Type? type) => type == typeof(List<string>) ? "list of String" : type?.Name ?? "";
}
