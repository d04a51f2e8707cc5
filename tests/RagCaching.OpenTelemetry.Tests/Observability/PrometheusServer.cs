using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using RagCaching.OpenTelemetry.Tests.Hosting;

namespace RagCaching.OpenTelemetry.Tests.Observability;

/// <summary>A real Prometheus with a data folder of its own, which has scraped a host often enough for rates.</summary>
public sealed class PrometheusServer : IAsyncLifetime
{
    private const int Rounds = 6;

    // One may have begun before the round ended, the next has all of it, and the one after that begins when that has been kept.
    private const int ScrapesPerRound = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ragcaching-prometheus-");
    private readonly HttpClient _client = new();
    private readonly SemaphoreSlim _scrapes = new(0);
    private readonly int _port = FreePort();
    private MeasuredHost? _host;
    private Process? _process;

    /// <summary>Skips the test where there is no Prometheus.</summary>
    public static void SkipWithout() => Assert.SkipWhen(Find("prometheus") is null, "prometheus is not installed.");

    /// <summary>Runs Prometheus's own checker.</summary>
    /// <returns>Its exit code and what it said.</returns>
    public static async Task<(int Code, string Said)> CheckAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Find("promtool")!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said + await errors);
    }

    public async ValueTask InitializeAsync()
    {
        if (Find("prometheus") is not { } program)
        {
            return;
        }

        _host = await MeasuredHost.StartAsync(
            metrics => metrics.AddRagCachingInstrumentation().AddPrometheusExporter(options => options.ScrapeResponseCacheDurationMilliseconds = 0),
            traces => traces.AddRagCachingInstrumentation(),
            application =>
            {
                application.Use(async (context, next) =>
                {
                    await next(context);
                    _ = context.Request.Path == "/metrics" ? _scrapes.Release() : 0;
                });
                application.MapPrometheusScrapingEndpoint();
            });
        await _host.PlayAsync();
        var configuration = Path.Combine(_folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, $$"""
            global:
              scrape_interval: 1s
              scrape_timeout: 1s
            scrape_configs:
              - job_name: ragcaching
                static_configs:
                  - targets: ["{{_host.Address.Authority}}"]
            """);
        _process = Process.Start(new ProcessStartInfo(program, [$"--config.file={configuration}", $"--storage.tsdb.path={_folder.FullName}/data", $"--web.listen-address=127.0.0.1:{_port}", "--log.level=error"]))!;

        // Rates need samples before and after a change: each round waits until what it did has been scraped.
        for (var round = 0; round < Rounds; round++)
        {
            await _host.PlayAsync();
            await WhenScrapedAsync(round);
        }
    }

    /// <summary>Asks a query now.</summary>
    /// <returns>The samples that it returns.</returns>
    public async Task<JsonElement[]> QueryAsync(string query)
    {
        using var content = new FormUrlEncodedContent([new("query", query)]);
        using var response = await _client.PostAsync(new Uri($"http://127.0.0.1:{_port}/api/v1/query"), content);
        var reply = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(reply.GetProperty("status").GetString() == "success", $"{query}\n{reply}");
        return [.. reply.GetProperty("data").GetProperty("result").EnumerateArray()];
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _client.Dispose();
        _scrapes.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task WhenScrapedAsync(int round)
    {
        while (_scrapes.Wait(TimeSpan.Zero))
        {
            // Before this round ended.
        }

        for (var scrape = 0; scrape < ScrapesPerRound; scrape++)
        {
            Assert.True(await _scrapes.WaitAsync(Patience), $"Prometheus has not scraped round {round} of the host in a minute.");
        }
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
