using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using RagCaching.Onnx.Tests.TestDoubles;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Onnx.Tests.Documentation;

/// <summary>The second table of docs/telemetry.md says what is emitted.</summary>
public sealed class TelemetryPageTests
{
    [Fact]
    public async Task Page_TableOfInstruments_IsWhatIsEmitted()
    {
        var emitted = new ConcurrentDictionary<string, string>();
        using var folder = ModelFolder.OfTokens();
        using var meters = new TestMeterFactory();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => emitted[instrument.Name] = $"counter, {instrument.Unit} | {tags[0].Key}");
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => emitted[instrument.Name] = $"histogram, {instrument.Unit} | {tags[0].Key}");
        listener.Start();
        using var generator = OnnxEmbeddingGenerator.Open(folder.Path, new OnnxEmbeddingOptions { MaxTokens = 3 }, Listeners.Services(meters));

        await generator.GenerateAsync(["red green"], cancellationToken: TestContext.Current.CancellationToken);

        var documented = File.ReadAllLines(Path.Combine(FindRoot(), "docs", "telemetry.md")).Where(line => line.StartsWith("| `ragcaching.encoder.", StringComparison.Ordinal))
            .Select(line => line.Replace("`", "", StringComparison.Ordinal).Trim('|').Split(" | ", 2)).ToDictionary(cells => cells[0].Trim(), cells => cells[1].Trim());
        Assert.Equal(documented.OrderBy(pair => pair.Key), emitted.OrderBy(pair => pair.Key));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RagCaching.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run from within the repository.");
    }
}
