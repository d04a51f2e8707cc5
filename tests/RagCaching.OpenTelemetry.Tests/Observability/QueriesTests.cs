using System.Text.Json;
using System.Text.RegularExpressions;
using RagCaching.OpenTelemetry.Tests.Hosting;

namespace RagCaching.OpenTelemetry.Tests.Observability;

/// <summary>Every query of the dashboard and of the alert rules runs against a Prometheus that has scraped a host.</summary>
[Collection(MeasuredHost.OneAtATime)]
public sealed partial class QueriesTests(PrometheusServer prometheus) : IClassFixture<PrometheusServer>
{
    // What a host in memory, without an error budget, at which nothing fails, has nothing to say about.
    private static readonly string[] Silent = ["Audits by outcome", "Failures", "Evictions", "Journal staleness", "Changes that wait for the journal"];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Observability");

    [Fact]
    public async Task Dashboard_EachQuery_Answers()
    {
        PrometheusServer.SkipWithout();
        var faults = new List<string>();
        foreach (var (panel, query) in Queries())
        {
            var samples = await prometheus.QueryAsync(query);
            if (samples.Length == 0 != Silent.Contains(panel) || samples.Any(sample => sample.GetProperty("value")[1].GetString() == "NaN"))
            {
                faults.Add($"{panel}: {query}\n    {samples.Length} samples {string.Join(", ", samples.Take(3))}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(Queries().Count() >= 20);
    }

    [Fact]
    public async Task Dashboard_HitRate_IsThatOfTheHost()
    {
        PrometheusServer.SkipWithout();

        var rate = Assert.Single(await prometheus.QueryAsync(Queries().Single(query => query.Panel == "Hit rate").Query)).GetProperty("value")[1].GetString();

        // After the first round: four exact repeats and one by meaning, and one miss of the pipeline, whose question is new.
        Assert.InRange(double.Parse(rate!, System.Globalization.CultureInfo.InvariantCulture), 0.5, 0.95);
    }

    [Fact]
    public async Task Alerts_AreValid_AndQuietAtAHostThatIsWell()
    {
        PrometheusServer.SkipWithout();

        var (code, said) = await PrometheusServer.CheckAsync("check", "rules", Path.Combine(Folder, "alerts.yml"));

        Assert.True(code == 0, said);
        Assert.Contains("7 rules found", said, StringComparison.Ordinal);
        foreach (var query in Expressions(await File.ReadAllTextAsync(Path.Combine(Folder, "alerts.yml"), TestContext.Current.CancellationToken)))
        {
            Assert.Empty(await prometheus.QueryAsync(query));
        }
    }

    [Fact]
    public void Alerts_AreReadWhole() => Assert.Equal(7, Expressions(File.ReadAllText(Path.Combine(Folder, "alerts.yml"))).Count());

    private static IEnumerable<(string Panel, string Query)> Queries()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "grafana-dashboard.json")));
        return [.. dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Select(target =>
            (panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()!.Replace("$__rate_interval", "1m", StringComparison.Ordinal).Replace("$cache", ".*", StringComparison.Ordinal))))];
    }

    // One line, or a block of lines that are indented further.
    private static IEnumerable<string> Expressions(string rules) => Expression().Matches(rules).Select(match => match.Groups["block"].Success ? match.Groups["block"].Value : match.Groups["line"].Value);

    [GeneratedRegex(@"^        expr: (?:\|\n(?<block>(?:          .*\n)+)|(?<line>.+)$)", RegexOptions.Multiline)]
    private static partial Regex Expression();
}
