using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Embeddings;

public sealed class CachedEmbedderKeyTests
{
    private readonly ChaosDistributedCache _storage = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, EmbeddingGeneratorMetadata, EmbeddingGenerationOptions?> Identities => new()
    {
        { "model", new("test", new Uri("http://localhost"), "other", 16), null },
        { "provider", new("other", new Uri("http://localhost"), "model", 16), null },
        { "address", new("test", new Uri("http://elsewhere"), "model", 16), null },
        { "requested model", new("test", new Uri("http://localhost"), "model", 16), new() { ModelId = "other" } },
        { "dimensions", new("test", new Uri("http://localhost"), "model", 16), new() { Dimensions = 8 } },
        { "an additional property", new("test", new Uri("http://localhost"), "model", 16), new() { AdditionalProperties = new() { ["input_type"] = "query" } } },
    };

    [Theory]
    [MemberData(nameof(Identities))]
    public async Task GenerateAsync_AnyPartOfTheIdentityDiffers_NothingIsShared(string part, EmbeddingGeneratorMetadata metadata, EmbeddingGenerationOptions? options)
    {
        var first = new TestEmbeddingGenerator { Metadata = new("test", new Uri("http://localhost"), "model", 16) };
        var second = new TestEmbeddingGenerator { Metadata = metadata };
        await using var writer = new CachedEmbedder(first, _storage);
        await using var reader = new CachedEmbedder(second, _storage);
        await writer.GenerateAsync(["text"], cancellationToken: Token);
        await writer.FlushAsync();

        await reader.GenerateAsync(["text"], options, Token);

        Assert.True(second.Calls == 1, $"The {part} is not a part of the key.");
    }

    [Fact]
    public async Task GenerateAsync_SameIdentityInTwoProcesses_TheStorageIsShared()
    {
        var second = new TestEmbeddingGenerator();
        await using var writer = new CachedEmbedder(new TestEmbeddingGenerator(), _storage);
        await using var reader = new CachedEmbedder(second, _storage);
        await writer.GenerateAsync(["text"], cancellationToken: Token);
        await writer.FlushAsync();

        var vector = await reader.GenerateVectorAsync("text", new EmbeddingGenerationOptions { ModelId = "test-model" }, Token);

        Assert.Equal(0, second.Calls);
        Assert.Equal(second.Vector("text"), vector.ToArray());
    }

    [Fact]
    public async Task GenerateAsync_ConfiguredModel_StillSeparatesModelsThatRequestsName()
    {
        var generator = new TestEmbeddingGenerator();
        await using var embedder = new CachedEmbedder(generator, options: new() { ModelId = "ours" });

        await embedder.GenerateAsync(["text"], cancellationToken: Token);
        await embedder.GenerateAsync(["text"], new() { ModelId = "ours" }, Token);
        await embedder.GenerateAsync(["text"], new() { ModelId = "theirs" }, Token);

        Assert.Equal(2, generator.Calls);
    }

    [Fact]
    public async Task GenerateAsync_LookAlikeTexts_AllDiffer()
    {
        string[] texts = ["\ud800x", "\udbffx", "e\u0301", "\u00e9", "a\u200fb", "ab", "a\0b", "a\nb", "A", "a", "a "];
        var generator = new TestEmbeddingGenerator();
        await using var embedder = new CachedEmbedder(generator, _storage);

        await embedder.GenerateAsync(texts, cancellationToken: Token);
        await embedder.FlushAsync();

        Assert.Equal(texts, generator.Batches.Single());
        Assert.Equal(texts.Length, _storage.Entries.Count);
    }

    [Fact]
    public async Task GenerateAsync_UnknownModel_WarnsOnceAndStaysInTheProcess()
    {
        var log = new FakeLogCollector();
        var generator = new TestEmbeddingGenerator { Metadata = null };
        await using var embedder = new CachedEmbedder(generator, _storage, services: Services(log));

        for (var i = 0; i < 3; i++)
        {
            await embedder.GenerateAsync([$"text {i}", "text"], cancellationToken: Token);
        }

        await embedder.FlushAsync();
        Assert.Equal(["text 0", "text", "text 1", "text 2"], generator.Batches.SelectMany(batch => batch));
        Assert.Equal(0, _storage.Operations);
        Assert.Contains(nameof(CachedEmbedderOptions.ModelId), Assert.Single(log.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_UnknownModelNamedByTheHost_IsShared()
    {
        var generator = new TestEmbeddingGenerator { Metadata = null };
        await using var embedder = new CachedEmbedder(generator, _storage, new() { ModelId = "ours" });

        await embedder.GenerateAsync(["text"], cancellationToken: Token);
        await embedder.FlushAsync();

        Assert.Single(_storage.Entries);
    }

    [Fact]
    public async Task GenerateAsync_SecretOfTheHost_ChangesEveryKey()
    {
        var keys = new RagCachingKeyOptions { KeySecret = new string('s', 32) };
        await using var plain = new CachedEmbedder(new TestEmbeddingGenerator(), _storage);
        await using var secret = new CachedEmbedder(new TestEmbeddingGenerator(), _storage, services: new TestServices().Add(Options.Create(keys)));

        await plain.GenerateAsync(["text"], cancellationToken: Token);
        await secret.GenerateAsync(["text"], cancellationToken: Token);
        await plain.FlushAsync();
        await secret.FlushAsync();

        Assert.Equal(2, _storage.Entries.Count);
    }

    [Fact]
    public async Task GenerateAsync_SecretRegisteredAsItself_IsTheSameAsThatOfTheOptionsPattern()
    {
        var keys = new RagCachingKeyOptions { KeySecret = new string('s', 32) };
        await using var asOptions = new CachedEmbedder(new TestEmbeddingGenerator(), _storage, services: new TestServices().Add(Options.Create(keys)));
        await using var asItself = new CachedEmbedder(new TestEmbeddingGenerator(), _storage, services: new TestServices().Add(keys));

        await asOptions.GenerateAsync(["text"], cancellationToken: Token);
        await asItself.GenerateAsync(["text"], cancellationToken: Token);
        await asOptions.FlushAsync();
        await asItself.FlushAsync();

        Assert.Single(_storage.Entries);
    }

    [Fact]
    public void Constructor_SecretRegisteredAsItselfIsTooShort_Throws() => Assert.Throws<OptionsValidationException>(
        () => new CachedEmbedder(new TestEmbeddingGenerator(), _storage, services: new TestServices().Add(new RagCachingKeyOptions { KeySecret = "short" })));

    [Fact]
    public async Task GenerateAsync_AnyText_TheKeyIsPrefixAndDigest()
    {
        await using var embedder = new CachedEmbedder(new TestEmbeddingGenerator(), _storage, new() { KeyPrefix = "app:" });

        await embedder.GenerateAsync(["secret text"], cancellationToken: Token);
        await embedder.FlushAsync();

        Assert.Matches("^app:[A-Za-z0-9_-]{43}$", Assert.Single(_storage.Entries.Keys));
    }

    [Fact]
    public async Task GenerateAsync_OptionsThatCannotBeAKey_BypassAndWarnOnce()
    {
        var log = new FakeLogCollector();
        var generator = new TestEmbeddingGenerator();
        await using var embedder = new CachedEmbedder(generator, _storage, services: Services(log));
        EmbeddingGenerationOptions[] options =
        [
            new() { AdditionalProperties = new() { ["opaque"] = new object() } },
            new() { RawRepresentationFactory = _ => null },
        ];

        foreach (var option in options.Concat(options))
        {
            await embedder.GenerateAsync(["text"], option, Token);
        }

        Assert.Equal(4, generator.Calls);
        Assert.Equal(0, _storage.Operations);
        Assert.Single(log.GetSnapshot());
    }

    private static TestServices Services(FakeLogCollector log) =>
        new TestServices().Add<ILoggerFactory>(new LoggerFactory([new FakeLoggerProvider(log)]));
}
