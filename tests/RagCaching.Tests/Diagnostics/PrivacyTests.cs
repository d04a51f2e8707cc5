using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.AI;
using RagCaching.Diagnostics;
using RagCaching.Tests.Chat;

namespace RagCaching.Tests.Diagnostics;

/// <summary>Texts, scopes and tags leave the cache in payloads only: never in keys, labels, logs, metrics, spans or exceptions.</summary>
public sealed class PrivacyTests
{
    private const string Secret = "xyzzy";

    [Fact]
    public async Task Everything_ThatIsReportedOrUsedAsAKey_HoldsNoText()
    {
        var seen = new StringBuilder();
        using var fixture = new ChatClientFixture();
        using var meters = ListenToMeters(fixture, seen);
        using var activities = ListenToActivities(seen);
        fixture.Cache.SameMeaning($"{Secret} question one?", $"{Secret} question two?");

        await RunAsync(fixture, seen);

        foreach (var record in fixture.Cache.Logs.GetSnapshot())
        {
            seen.AppendLine(record.ToString()).AppendLine(record.Message).AppendLine(record.Exception?.ToString());
            seen.AppendJoin(' ', record.StructuredState ?? []);
        }

        foreach (var entry in fixture.Cache.Store.Written)
        {
            seen.AppendLine(entry.Partition).AppendLine(entry.Id).AppendJoin(' ', entry.Labels);
        }

        var report = seen.ToString();
        Assert.Contains(TelemetryNames.Instruments.Requests, report, StringComparison.Ordinal);
        Assert.Contains(TelemetryNames.Spans.Lookup, report, StringComparison.Ordinal);
        Assert.Contains(nameof(SemanticCacheOutcome.SemanticHit), report, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, report, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task RunAsync(ChatClientFixture fixture, StringBuilder seen)
    {
        var options = new ChatOptions { Instructions = $"{Secret} instructions" }.WithSemanticCache(request =>
        {
            request.Scope = CacheScope.For($"{Secret}-tenant");
            request.Tags.Add($"{Secret}-tag");
        });
        fixture.Inner.ResponseCallback = (_, _, _) =>
        {
            var response = TestDoubles.CacheFixture.Answer($"{Secret} answer");
            response.ModelId = $"{Secret}-model";
            return Task.FromResult(response);
        };

        await fixture.AskAsync($"{Secret} question one?", options);
        await fixture.AskAsync($"{Secret} question one?", options);
        await fixture.AskAsync($"{Secret} question two?", options);
        await fixture.StreamAsync($"{Secret} question two?", options);
        await fixture.AskAsync($"{Secret} question three?", new ChatOptions { ConversationId = Secret });
        await CatchAsync(() => fixture.AskAsync("x", new ChatOptions { AdditionalProperties = new() { ["ragcaching.mode"] = Secret } }));
        await CatchAsync(() => fixture.Cache.AskAsync(new SemanticCacheQuery(Secret) { MinimumSimilarity = 2 }));
        await CatchAsync(() => fixture.Cache.AskAsync(new SemanticCacheQuery("x") { Tags = [Secret, ""] }));

        // Backends that quote what they were given.
        fixture.Cache.Generator.GenerateCallback = (texts, _, _) => throw new InvalidOperationException($"cannot embed '{texts[0]}'");
        await fixture.AskAsync($"{Secret} question four?", options);

        async Task CatchAsync(Func<Task> action) => seen.AppendLine((await Assert.ThrowsAnyAsync<Exception>(action)).ToString());
    }

    private static MeterListener ListenToMeters(ChatClientFixture fixture, StringBuilder seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, fixture.Cache.Meters))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Write(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Write(instrument, tags));
        listener.Start();
        return listener;

        void Write(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (seen)
            {
                seen.AppendLine(instrument.Name).AppendJoin(' ', tags.ToArray());
            }
        }
    }

    private static ActivityListener ListenToActivities(StringBuilder seen)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RagCachingDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (seen)
                {
                    seen.AppendLine(activity.OperationName).AppendJoin(' ', activity.TagObjects);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
