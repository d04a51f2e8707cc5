using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Protection;

public sealed class ProtectionRegistrationTests
{
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static HostApplicationBuilder Builder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddEmbeddingGenerator(new TestEmbeddingGenerator());
        return builder;
    }

    [Fact]
    public async Task Start_KeysFromCode_AreTheOnesOfTheProtector()
    {
        var builder = Builder();
        builder.Services.AddRagCaching().UseAesGcmProtection(protection => protection.Keys["2026"] = Key);
        using var host = builder.Build();
        await host.StartAsync(Token);

        var protector = host.Services.GetRequiredService<IPayloadProtector>();

        Assert.IsType<AesGcmPayloadProtector>(protector);
        Assert.Equal([1, 2, 3], protector.TryUnprotect(protector.Protect([1, 2, 3], []), []));
    }

    [Fact]
    public async Task Start_KeysFromConfiguration_AreTheOnesOfTheProtector()
    {
        var builder = Builder();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Protection:CurrentKeyId"] = "new",
            ["Protection:Keys:old"] = Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray()),
            ["Protection:Keys:new"] = Key,
        }).Build();
        builder.Services.AddRagCaching().BindConfiguration(configuration).UseAesGcmProtection();
        using var host = builder.Build();
        await host.StartAsync(Token);

        var bytes = host.Services.GetRequiredService<IPayloadProtector>().Protect([1], []);

        Assert.Equal("new"u8, bytes.AsSpan(6, 3));
    }

    [Theory]
    [InlineData(null, "Keys: Needs at least one key")]
    [InlineData("c2hvcnQ=", "Keys: The key 'main' must be exactly 32 bytes in Base64")]
    public async Task Start_WrongKeys_FailsAndNamesTheOption(string? key, string message)
    {
        var builder = Builder();
        builder.Services.AddRagCaching().UseAesGcmProtection(protection =>
        {
            if (key is not null)
            {
                protection.Keys["main"] = key;
            }
        });
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains(message.Split(':')[1], exception.Message, StringComparison.Ordinal);
        Assert.Contains("Keys", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UsePayloadProtector_Twice_TheLastOneCounts()
    {
        var builder = Builder();
        builder.Services.AddRagCaching().UseAesGcmProtection(protection => protection.Keys["main"] = Key).UsePayloadProtector<OwnProtector>();
        using var host = builder.Build();

        Assert.IsType<OwnProtector>(Assert.Single(host.Services.GetServices<IPayloadProtector>()));
    }

    [Fact]
    public void UsePayloadProtector_Null_Throws()
    {
        var builder = Builder().Services.AddRagCaching();

        Assert.Throws<ArgumentNullException>("create", () => builder.UsePayloadProtector(null!));
        Assert.Throws<ArgumentNullException>("builder", () => RagCachingExtensions.UseAesGcmProtection(null!));
    }

    private sealed class OwnProtector : IPayloadProtector
    {
        public byte[] Protect(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> context) => payload.ToArray();

        public byte[]? TryUnprotect(ReadOnlySpan<byte> protectedPayload, ReadOnlySpan<byte> context) => protectedPayload.ToArray();
    }
}
