using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagCaching.AspNetCore.Tests.Hosting;

namespace RagCaching.AspNetCore.Tests.Endpoints;

public sealed class AuthorizationTests
{
    public static TheoryData<string, string> Endpoints => new()
    {
        { "GET", "" }, { "GET", "/statistics" }, { "GET", "/decisions" }, { "GET", "/entries" }, { "POST", "/explain" }, { "POST", "/report" },
        { "POST", "/remove" }, { "POST", "/invalidate" }, { "POST", "/curate" }, { "POST", "/export" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Endpoint_WithoutThePolicy_IsClosed(string method, string path)
    {
        await using var host = await OwnerHost.StartAsync(options => options.EnableSensitiveData = true);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(host, null, method, path));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOfAsync(host, "guest", method, path));
        Assert.NotEqual(HttpStatusCode.Forbidden, await StatusOfAsync(host, "owner", method, path));
    }

    [Fact]
    public async Task Endpoint_WithoutANamedPolicy_NeedsASignedInUser()
    {
        await using var host = await OwnerHost.StartAsync(options => options.AuthorizationPolicy = null);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(host, null, "GET", "/statistics"));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(host, "guest", "GET", "/statistics"));
    }

    [Fact]
    public async Task AllowAnonymous_IsOpen_AndWarns()
    {
        await using var host = await OwnerHost.StartAsync(options => (options.AuthorizationPolicy, options.AllowAnonymous) = (null, true));

        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(host, null, "GET", "/statistics"));
        Assert.Contains(host.Logs.GetSnapshot(), record => record.Level == LogLevel.Warning && record.Message.Contains("Everybody may use the owner's page at /rag-cache", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AllowAnonymous_WithAPolicy_IsRefused()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => OwnerHost.StartAsync(options => options.AllowAnonymous = true));

        Assert.Contains("'owner'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MapRagCaching_WithoutACache_NamesTheFix()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddAuthorization();
        await using var application = builder.Build();

        Assert.Contains("AddRagCaching()", Assert.Throws<InvalidOperationException>(() => application.MapRagCaching()).Message, StringComparison.Ordinal);
        Assert.Contains("'faq'", Assert.Throws<InvalidOperationException>(() => application.MapRagCaching(configure: options => options.ServiceKey = "faq")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scope_ThatNobodyNames_IsRefused()
    {
        await using var host = await OwnerHost.StartAsync(options => options.AllScopes = false, options => options.ShareAcrossCallers = false);

        Assert.Equal(HttpStatusCode.Forbidden, await StatusOfAsync(host, "owner", "GET", "/statistics"));
    }

    private static async Task<HttpStatusCode> StatusOfAsync(OwnerHost host, string? user, string method, string path)
    {
        using var response = method == "GET" ? await host.ClientOf(user).GetAsync("/rag-cache" + path) : await host.SendAsync(path, "{}", user);
        return response.StatusCode;
    }
}
