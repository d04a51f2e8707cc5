using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RagCaching.Engines.Tests.Protection;

public sealed class DataProtectionPayloadProtectorTests : IDisposable
{
    private static readonly byte[] Context = SHA256.HashData("a context"u8);
    private static readonly byte[] Payload = [.. "a payload of some length"u8];

    private readonly DirectoryInfo _ring = Directory.CreateTempSubdirectory("ragcaching-ring-");

    public void Dispose() => _ring.Delete(recursive: true);

    private ServiceProvider Host(string application = "app", DirectoryInfo? ring = null)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().PersistKeysToFileSystem(ring ?? _ring).SetApplicationName(application);
        return services.BuildServiceProvider();
    }

    private static DataProtectionPayloadProtector Of(IServiceProvider services) => new(services.GetRequiredService<IDataProtectionProvider>());

    [Fact]
    public void TryUnprotect_InAnotherHostWithTheSameRing_IsThePayload()
    {
        using var first = Host();
        using var second = Host();
        var bytes = Of(first).Protect(Payload, Context);

        Assert.Equal(Payload, Of(second).TryUnprotect(bytes, Context));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Payload.AsSpan(0, 8)));
    }

    [Fact]
    public void TryUnprotect_AnythingElse_IsRefused()
    {
        using var services = Host();
        using var otherApplication = Host("another");
        var protector = Of(services);
        var bytes = protector.Protect(Payload, Context);

        Assert.Null(protector.TryUnprotect(bytes, SHA256.HashData("another"u8)));
        Assert.Null(protector.TryUnprotect(bytes, Context.AsSpan(1)));
        Assert.Null(protector.TryUnprotect(bytes, [.. Context, 0]));
        Assert.Null(protector.TryUnprotect([], Context));
        Assert.Null(protector.TryUnprotect(Payload, Context));
        Assert.Null(Of(otherApplication).TryUnprotect(bytes, Context));
    }

    [Fact]
    public void TryUnprotect_EveryTruncationAndAFlipOfEachByte_IsRefused()
    {
        using var services = Host();
        var protector = Of(services);
        var bytes = protector.Protect(Payload, Context);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= (byte)(1 << (i % 8));
            Assert.Null(protector.TryUnprotect(changed, Context));
            Assert.Null(protector.TryUnprotect(bytes.AsSpan(0, i), Context));
        }
    }

    [Fact]
    public void TryUnprotect_KeyIsRevokedOrLost_IsRefused()
    {
        byte[] bytes;
        using (var services = Host())
        {
            bytes = Of(services).Protect(Payload, Context);
            services.GetRequiredService<IKeyManager>().RevokeAllKeys(DateTimeOffset.MaxValue, "test");
        }

        using var revoked = Host();
        var empty = Directory.CreateTempSubdirectory("ragcaching-ring-");
        using var lost = Host(ring: empty);

        Assert.Null(Of(revoked).TryUnprotect(bytes, Context));
        Assert.Null(Of(lost).TryUnprotect(bytes, Context));
        empty.Delete(recursive: true);
    }

    [Fact]
    public async Task Start_WithoutDataProtection_FailsAndSaysWhatToAdd()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddEmbeddingGenerator(new NoGenerator());
        builder.Services.AddRagCaching().UseDataProtection();
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("AddDataProtection()", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UseDataProtection_WithDataProtection_IsTheProtectorOfTheHost()
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(new NoGenerator());
        services.AddDataProtection().PersistKeysToFileSystem(_ring);
        services.AddRagCaching().UseDataProtection();
        using var provider = services.BuildServiceProvider();

        Assert.IsType<DataProtectionPayloadProtector>(provider.GetRequiredService<IPayloadProtector>());
    }

    private sealed class NoGenerator : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(_ => new Embedding<float>(new[] { 1f, 0 }))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
