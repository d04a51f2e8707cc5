using System.Diagnostics;
using System.Globalization;
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

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ragcaching-prometheus-");
    private readonly HttpClient _client = new();
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
            application => application.MapPrometheusScrapingEndpoint());
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
        _folder.Delete(recursive: true);
    }

    // The pipeline is asked once in each round, and once before the first.
    private async Task WhenScrapedAsync(int round)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (await CountAsync() is { } count && count >= round + 2)
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail($"Prometheus has not scraped round {round} of the host in a minute; it says:\n{await _client.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/api/v1/targets"))}\nThe host says:\n{await _client.GetStringAsync(new Uri(_host!.Address, "/metrics"))}");
    }

    private async Task<double?> CountAsync()
    {
        try
        {
            var samples = await QueryAsync("sum(ragcaching_pipeline_duration_seconds_count)");
            return samples.Length == 0 ? null : double.Parse(samples[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            // It is still starting.
            return null;
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
