using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.VectorData;

namespace RagCaching.VectorData.Tests.Documentation;

internal static class VectorDatabaseSnippets
{
    public static void Registered(IHostApplicationBuilder builder, Func<IServiceProvider, VectorStore> createVectorStore)
    {
        builder.Services.AddSingleton<VectorStore>(createVectorStore);
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true)
            .UseVectorData();
    }

    public static void Keyed(IHostApplicationBuilder builder) =>
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true)
            .UseVectorData(vectorStoreKey: "answers");

    public static void Qdrant(IHostApplicationBuilder builder) =>
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true)
            .UseVectorData(options =>
            {
                options.Schema.IndexKind = IndexKind.Hnsw;
                options.Schema.GuidKeys = true;
                options.Schema.TextContent = true;
            });

    public static void SqlServer(IHostApplicationBuilder builder) =>
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true)
            .UseVectorData(options =>
            {
                options.Schema.DistanceFunction = DistanceFunction.CosineDistance;
                options.Schema.GuidKeys = true;
                options.Schema.FilterLabels = false;
            });

    public static void AzureAISearch(IHostApplicationBuilder builder) =>
        builder.Services.AddRagCaching(options => options.ShareAcrossCallers = true)
            .UseVectorData(options => options.Schema.TextContent = true);

    public static async Task StoreAsync(VectorStore vectorStore)
    {
        await using var store = new VectorDataStore(vectorStore, new VectorDataOptions { Dimensions = 384 });
        await store.OpenAsync();
    }
}
