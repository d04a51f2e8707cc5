using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagCaching.Contract.Settings;
using RagCaching.DependencyInjection;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.DependencyInjection.Checks;

/// <summary>The JSON schema in the package says what the options classes say, and nothing else.</summary>
public sealed class ConfigurationSchemaTests
{
    private const string Update = "RAGCACHING_WRITE_SCHEMA";

    private static readonly Dictionary<string, (double Minimum, bool IsExcluded, double Maximum)> Rules = new()
    {
        ["ErrorBudgetOptions.MaxErrorRate"] = (0, true, 0.5),
        ["ErrorBudgetOptions.AuditRate"] = (0, false, 1),
        ["ErrorBudgetOptions.MinimumSimilarity"] = (-1, false, 1),
        ["ErrorBudgetOptions.Neighbours"] = (2, false, 64),
        ["ScopeThreshold.MinimumSimilarity"] = (-1, false, 1),
        ["FailSafeOptions.EagerRefresh"] = (0, true, 1),
        ["ModelBreakerOptions.Failures"] = (0, false, ModelBreakerOptions.MaximumFailures),
        ["LifetimeOptions.Jitter"] = (0, false, 0.5),
        ["ThresholdRule.MinimumSimilarity"] = (-1, false, 1),
        ["ModelPrice.InputPerMillionTokens"] = (0, false, SemanticCacheOptionsRules.MaximumPrice),
        ["ModelPrice.OutputPerMillionTokens"] = (0, false, SemanticCacheOptionsRules.MaximumPrice),
    };

    private static readonly (string Name, string? Condition)[] Lists = [("ScopeThresholds", null), ("Thresholds", "Tag"), ("Prices", "Model")];

    public static TheoryData<string, string, bool> Bounds
    {
        get
        {
            var data = new TheoryData<string, string, bool>();
            foreach (var (path, schema) in Numbers(Root(), ""))
            {
                var step = schema["type"]!.GetValue<string>() == "integer" ? 1 : 0.001;
                if (schema["minimum"] is { } minimum)
                {
                    data.Add(path, Text((double)minimum), true);
                    data.Add(path, Text((double)minimum - step), false);
                }

                if (schema["exclusiveMinimum"] is { } excluded)
                {
                    data.Add(path, Text((double)excluded), false);
                }

                if (schema["exclusiveMaximum"] is { } end)
                {
                    data.Add(path, Text((double)end), false);
                    data.Add(path, Text((double)end - step), true);
                }

                if (schema["maximum"] is { } maximum)
                {
                    data.Add(path, Text((double)maximum), true);
                    data.Add(path, Text((double)maximum + step), false);
                }
            }

            return data;
        }
    }

    [Fact]
    public void Schema_IsThatOfTheOptions()
    {
        var writer = new SchemaWriter(typeof(SemanticCacheOptions).Assembly, Rules);
        var root = writer.Section(typeof(SemanticCacheOptions));
        var sections = root["properties"]!.AsObject();
        sections["ErrorBudget"]!["minProperties"] = 1;
        var share = sections["FailSafe"]!["properties"]!["EagerRefresh"]!.AsObject();
        share.Remove("maximum");
        share["exclusiveMaximum"] = 1;
        sections["Embeddings"] = writer.Section(typeof(CachedEmbedderOptions));
        sections["InMemoryStore"] = writer.Section(typeof(InMemoryVectorStoreOptions));
        sections["LexicalGuard"] = writer.Section(typeof(LexicalGuardOptions));
        sections["Chat"] = writer.Section(typeof(ChatClientSettings), typeof(SemanticCachingChatClientOptions));
        sections["Keys"] = Secret(writer.Section(typeof(RagCachingKeyOptions)));
        sections["Protection"] = Secret(writer.Section(typeof(AesGcmProtectionOptions)));

        var expected = SchemaWriter.Write("RagCaching", root);

        if (Environment.GetEnvironmentVariable(Update) is { Length: > 0 } path)
        {
            File.WriteAllText(path, expected);
        }

        using var reader = new StreamReader(Stream());
        Assert.True(expected == reader.ReadToEnd(), $"ConfigurationSchema.json is not that of the options. Write it anew: set {Update} to its path and run this test.");
    }

    [Fact]
    public void Schema_EverySetting_IsDescribed() => Assert.All(All(Root(), ""), setting => Assert.NotEmpty(setting.Schema["description"]!.GetValue<string>()));

    /// <summary>What the schema takes, the options take; and what it refuses, they refuse in the same words as everything else in configuration.</summary>
    [Theory]
    [MemberData(nameof(Bounds))]
    public void Number_AtItsBound_IsTakenAndBeyondIsRefused(string path, string value, bool isTaken)
    {
        // As in a list: an entry for the first scope, of a model, or for a tag.
        var list = Lists.FirstOrDefault(list => path.StartsWith(list.Name + ":", StringComparison.Ordinal));
        var key = list.Name is null ? path : path.Insert(list.Name.Length, ":0");
        KeyValuePair<string, string?>[] model = list.Condition is null ? [] : [new($"RagCaching:{list.Name}:0:{list.Condition}", "a")];
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        services.AddRagCaching().BindConfiguration(new ConfigurationBuilder().AddInMemoryCollection([new("RagCaching:" + key, value), .. model]).Build().GetSection("RagCaching"));
        using var provider = services.BuildServiceProvider();

        var exception = Record.Exception(() =>
        {
            _ = provider.GetRequiredService<IOptionsMonitor<SemanticCacheOptions>>().CurrentValue;
            _ = provider.GetRequiredService<IOptionsMonitor<CachedEmbedderOptions>>().CurrentValue;
            _ = provider.GetRequiredService<IOptionsMonitor<InMemoryVectorStoreOptions>>().CurrentValue;
        });

        if (isTaken)
        {
            Assert.Null(exception);
        }
        else
        {
            var refusal = Assert.IsType<OptionsValidationException>(exception);
            Assert.StartsWith($"'RagCaching:{key}' must be", refusal.Message, StringComparison.Ordinal);
            Assert.EndsWith($"but was {value}.", refusal.Message, StringComparison.Ordinal);
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Secret(JsonObject section)
    {
        section["writeOnly"] = true;
        return section;
    }

    private static Stream Stream() => typeof(SemanticCacheOptions).Assembly.GetManifestResourceStream("RagCaching.ConfigurationSchema.json")!;

    private static JsonObject Root()
    {
        using var schema = Stream();
        return JsonNode.Parse(schema)!["properties"]!["RagCaching"]!.AsObject();
    }

    private static IEnumerable<(string Path, JsonObject Schema)> Numbers(JsonObject schema, string prefix) =>
        All(schema, prefix).Where(setting => setting.Schema["type"]!.GetValue<string>() is "number" or "integer");

    private static IEnumerable<(string Path, JsonObject Schema)> All(JsonObject schema, string prefix)
    {
        var properties = (schema["properties"] ?? schema["items"]?["properties"])?.AsObject() ?? [];
        return properties.SelectMany(child => All(child.Value!.AsObject(), $"{prefix}{child.Key}:").Prepend((prefix + child.Key, child.Value!.AsObject())));
    }
}
