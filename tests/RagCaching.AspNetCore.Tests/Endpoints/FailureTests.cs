using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagCaching.AspNetCore.Tests.Hosting;

namespace RagCaching.AspNetCore.Tests.Endpoints;

public sealed class FailureTests
{
    private const string Secret = "the patient's name";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Endpoint_ThatFails_LogsTheTypeOnceAMinuteAndTheRestWhereTextsAreShown(bool showsTexts)
    {
        await using var host = await OwnerHost.StartAsync(options => (options.EnableSensitiveData, options.Scope) = (showsTexts, _ => throw new InvalidDataException(Secret)));

        for (var i = 0; i < 3; i++)
        {
            using var response = await host.ClientOf("owner").GetAsync("/rag-cache/statistics", Token);
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
            Assert.DoesNotContain(Secret, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        var record = Assert.Single(host.Logs.GetSnapshot(), record => record.Id.Id == 6001);
        Assert.Contains("(System.IO.InvalidDataException)", record.Message, StringComparison.Ordinal);
        Assert.Equal(showsTexts, record.Exception is not null);
    }

    [Fact]
    public async Task Store_ThatCannot_IsNoError()
    {
        await using var host = await OwnerHost.StartAsync(options => options.Scope = _ => throw new NotSupportedException(Secret));

        using var response = await host.ClientOf("owner").GetAsync("/rag-cache/statistics", Token);

        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
        Assert.DoesNotContain(host.Logs.GetSnapshot(), record => record.Level >= LogLevel.Warning && record.Category == "RagCaching.AspNetCore");
    }

    [Fact]
    public async Task Body_ThatTheServerRefuses_HasTheStatusOfTheServer()
    {
        await using var host = await OwnerHost.StartAsync(services: services => services.Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = 10), onPort: true);
        using var client = new HttpClient { BaseAddress = new Uri(host.Address) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/rag-cache/explain") { Content = new StringContent("""{"question":"Longer than it may be?"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add(HeaderAuthentication.Header, "owner");
        request.Headers.Add("X-RagCaching", "1");

        using var response = await client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain(host.Logs.GetSnapshot(), record => record.Id.Id == 6001);
    }

    [Fact]
    public async Task Refusal_KeepsTheHeadersOfTheHost()
    {
        await using var host = await OwnerHost.StartAsync(services: services => services.AddSingleton<IStartupFilter>(new Before((context, next) =>
        {
            context.Response.Headers["X-Host"] = "here";
            return next(context);
        })));

        using var response = await host.SendAsync("/explain", "{}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("here", Assert.Single(response.Headers.GetValues("X-Host")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
    }
}
