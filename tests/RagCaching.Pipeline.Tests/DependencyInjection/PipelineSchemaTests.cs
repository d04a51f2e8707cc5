using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.Tests.DependencyInjection.Checks;

namespace RagCaching.Pipeline.Tests.DependencyInjection;

/// <summary>The JSON schema in the package of the pipeline says what its options say, and configuration is checked against it.</summary>
public sealed class PipelineSchemaTests
{
    private const string Update = "RAGCACHING_WRITE_SCHEMA";

    [Fact]
    public void Schema_IsThatOfTheOptions()
    {
        var assembly = typeof(RagPipelineOptions).Assembly;
        var expected = SchemaWriter.Write("RagPipeline", new SchemaWriter(assembly, new Dictionary<string, (double, bool, double)>()).Section(typeof(RagPipelineOptions)));
        if (Environment.GetEnvironmentVariable(Update) is { Length: > 0 } path)
        {
            File.WriteAllText(path, expected);
        }

        using var reader = new StreamReader(assembly.GetManifestResourceStream("RagCaching.Pipeline.ConfigurationSchema.json")!);
        Assert.True(expected == reader.ReadToEnd(), $"ConfigurationSchema.json is not that of the options. Write it anew: set {Update} to its path and run this test.");
    }

    [Theory]
    [InlineData("Selection:MaxChunk", "3", "'RagPipeline:Selection:MaxChunk' is no setting. Did you mean 'MaxChunks'?")]
    [InlineData("MaxTokens", "3", "'RagPipeline:MaxTokens' is no setting. Did you mean 'Selection:MaxTokens'?")]
    [InlineData("Selection", "3", "'RagPipeline:Selection' is a section, but was the single value '3'. Write \"Selection\": { \"MaxChunks\": 3 }.")]
    [InlineData("NoChunks", "AnswerWithout", "'RagPipeline:NoChunks' must be one of SayNothingFound, AnswerWithoutContext, but was 'AnswerWithout'.")]
    [InlineData("RetrievalTimeout", "2", "'RagPipeline:RetrievalTimeout' is '2', which is read as 2 days. Write '00:00:02' for 2 seconds, '00:02:00' for 2 minutes, or '2.00:00:00' for 2 days.")]
    [InlineData("Selection:Diversity", "2", "'RagPipeline:Selection:Diversity' must be at least 0 and at most 1, but was 2.")]
    public void Options_MistakeInConfiguration_SayWhatWasMeant(string key, string value, string message)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("RagPipeline:" + key, value)]).Build();
        var services = new ServiceCollection();
        services.AddRagCaching().AddRagPipeline().BindRagPipelineConfiguration(configuration.GetSection("RagPipeline"));
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptionsMonitor<RagPipelineOptions>>().CurrentValue);

        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void Options_PipelineInsideTheSectionOfTheCache_IsNoUnknownKey()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("RagCaching:Enabled", "true"), new("RagCaching:Pipeline:ChunksPerRetriever", "3")]).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(_ => throw new InvalidOperationException("Is not made."));
        services.AddRagCaching().BindConfiguration(configuration.GetSection("RagCaching")).AddRagPipeline().BindRagPipelineConfiguration(configuration.GetSection("RagCaching:Pipeline"));
        using var provider = services.BuildServiceProvider();

        Assert.True(provider.GetRequiredService<IOptionsMonitor<SemanticCacheOptions>>().CurrentValue.Enabled);
    }
}
