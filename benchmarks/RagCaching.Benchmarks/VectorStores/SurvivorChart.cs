using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace RagCaching.Benchmarks.VectorStores;

/// <summary>Draws how few vectors each stage of a search leaves, measured by the store's own counter.</summary>
internal static class SurvivorChart
{
    private const string Partition = "benchmark";
    private const int Entries = 100_000;
    private const int Dimensions = 768;
    private const int Queries = 200;
    private const int Decades = 6;
    private const int Left = 64;
    private const int Top = 56;
    private const int PlotWidth = 560;
    private const int PlotHeight = 240;
    private static readonly float[] Floors = [0.70f, 0.75f, 0.80f, 0.85f, 0.90f, 0.95f];
    private static readonly (string Stage, string Label, string Color)[] Stages =
    [
        ("stripes", "left by 64 bytes", "#4292c6"),
        ("compared", "compared in full, 3,072 bytes", "#08519c"),
    ];

    public static async Task WriteAsync(string file)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == RagCachingDiagnostics.MeterName && instrument.Name == "ragcaching.store.search.vectors")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == "ragcaching.store.search.stage")
                {
                    counts[(string)tag.Value!] = counts.GetValueOrDefault((string)tag.Value!) + value;
                }
            }
        });
        listener.Start();

        var data = new EmbeddingLikeData(DataProfile.Te3, Dimensions, seed: 7);
        using var store = new InMemoryVectorStore(new InMemoryVectorStoreOptions { MaxEntries = Entries, MaxBytes = long.MaxValue, MaxSearchParallelism = 1 });
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < Entries; i++)
        {
            await store.UpsertAsync(new VectorEntry { Partition = Partition, Id = $"{i}", Vector = data.Next(), CreatedAt = now, ExpiresAt = now.AddDays(1) });
        }

        await store.WhenIndexedAsync();
        var shares = new List<Dictionary<string, double>>();
        foreach (var floor in Floors)
        {
            counts.Clear();
            for (var i = 0; i < Queries; i++)
            {
                await store.SearchAsync(new VectorQuery { Partition = Partition, Vector = data.Next(), MinimumSimilarity = floor });
            }

            shares.Add(Stages.ToDictionary(stage => stage.Stage, stage => counts.GetValueOrDefault(stage.Stage) / (double)counts["all"]));
        }

        await File.WriteAllTextAsync(file, Draw(shares));
    }

    private static string Draw(List<Dictionary<string, double>> shares)
    {
        var svg = new StringBuilder();
        svg.AppendLine("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 400\" role=\"img\" aria-labelledby=\"t d\" font-family=\"sans-serif\" font-size=\"12\">");
        svg.AppendLine("<title id=\"t\">How many vectors each stage of a search leaves</title>");
        svg.AppendLine("<desc id=\"d\">Share of 100,000 vectors left by each stage, by the similarity floor, on a logarithmic scale. " + string.Join(' ', Floors.Select((floor, i) =>
            FormattableString.Invariant($"At {floor:F2}: {string.Join(", ", Stages.Select(stage => $"{stage.Label} {shares[i][stage.Stage].ToString("P4", CultureInfo.InvariantCulture)}"))}."))) + "</desc>");
        svg.AppendLine("<rect width=\"640\" height=\"400\" fill=\"#fff\"/>");
        svg.AppendLine("<text x=\"64\" y=\"24\" font-size=\"15\">Share of the vectors that each stage leaves</text>");
        svg.AppendLine("<text x=\"64\" y=\"42\" fill=\"#555\">100,000 made-up vectors of 768 components, 200 queries a floor</text>");
        for (var decade = 0; decade <= Decades; decade++)
        {
            var y = Top + (PlotHeight * decade / Decades);
            svg.AppendLine(FormattableString.Invariant($"<path d=\"M{Left} {y}h{PlotWidth}\" stroke=\"#ddd\"/><text x=\"{Left - 6}\" y=\"{y + 4}\" text-anchor=\"end\">{100 / Math.Pow(10, decade):0.####} %</text>"));
        }

        var slot = PlotWidth / Floors.Length;
        for (var i = 0; i < Floors.Length; i++)
        {
            for (var stage = 0; stage < Stages.Length; stage++)
            {
                var share = Math.Clamp(shares[i][Stages[stage].Stage], Math.Pow(10, -Decades), 1);
                var height = PlotHeight * (1 + (Math.Log10(share) / Decades));
                svg.AppendLine(FormattableString.Invariant(
                    $"<rect x=\"{Left + (i * slot) + 10 + (stage * 36)}\" y=\"{Top + PlotHeight - height:F1}\" width=\"34\" height=\"{height:F1}\" fill=\"{Stages[stage].Color}\"/>"));
            }

            svg.AppendLine(FormattableString.Invariant($"<text x=\"{Left + (i * slot) + 45}\" y=\"{Top + PlotHeight + 18}\" text-anchor=\"middle\">{Floors[i]:F2}</text>"));
        }

        svg.AppendLine("<text x=\"344\" y=\"332\" text-anchor=\"middle\">similarity floor</text>");
        for (var stage = 0; stage < Stages.Length; stage++)
        {
            var y = 344 + (stage * 17);
            svg.AppendLine(FormattableString.Invariant($"<rect x=\"64\" y=\"{y}\" width=\"12\" height=\"12\" fill=\"{Stages[stage].Color}\"/><text x=\"82\" y=\"{y + 10}\">{Stages[stage].Label}</text>"));
        }

        svg.AppendLine("</svg>");
        return svg.ToString();
    }
}
