using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace RagCaching.OpenTelemetry.Tests.Documentation;

/// <summary>What the Aspire recipe in docs/telemetry.md takes for granted of Aspire.</summary>
public sealed class AppHostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ragcaching-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AddProject_OfAnApplicationHost_TellsTheApplicationWhereTheDashboardIs()
    {
        const string Dashboard = "http://localhost:18889";
        var path = Path.Combine(_folder, "Shop.csproj");
        var settings = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "Properties")).FullName, "launchSettings.json");
        await File.WriteAllTextAsync(path, """<Project Sdk="Microsoft.NET.Sdk.Web" />""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(settings, """{ "profiles": { "http": { "commandName": "Project", "applicationUrl": "http://localhost:5080" } } }""", TestContext.Current.CancellationToken);
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = [$"--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL={Dashboard}"], DisableDashboard = true });

        var shop = builder.AddProject("shop", path).WithHttpHealthCheck("/health");

        var given = new EnvironmentCallbackContext(builder.ExecutionContext, shop.Resource, cancellationToken: TestContext.Current.CancellationToken);
        foreach (var annotation in shop.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(given);
        }

        Assert.Equal(Dashboard, Assert.IsType<HostUrl>(given.EnvironmentVariables["OTEL_EXPORTER_OTLP_ENDPOINT"]).Url);
    }
}
