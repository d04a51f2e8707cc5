using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RagCaching.Diagnostics;
using RagCaching.Semantic.Entries.Answers;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Entries.Answers;

/// <summary>What an answer carries besides its text survives, whole and streamed, whoever asks.</summary>
public sealed class JsonPropertyTests : IDisposable
{
    private readonly CacheFixture _fixture = new();

    public static TheoryData<string> Kept => [.. Values.Keys];

    private static Dictionary<string, (object? Value, string Json)> Values { get; } = new()
    {
        ["citations"] = (new[] { "https://a.example", "https://b.example" }, """["https://a.example","https://b.example"]"""),
        ["search_results"] = (JsonDocument.Parse("""[{"title":"A","url":"https://a.example","rank":1}]""").RootElement, """[{"title":"A","url":"https://a.example","rank":1}]"""),
        ["node"] = (JsonNode.Parse("""{"a":{"b":[1,2.5,null,true]}}"""), """{"a":{"b":[1,2.5,null,true]}}"""),
        ["dictionary"] = (new Dictionary<string, object?> { ["a"] = 1, ["b"] = new List<object?> { "x", null, 2.5 } }, """{"a":1,"b":["x",null,2.5]}"""),
        ["texts by name"] = (new Dictionary<string, string> { ["a"] = "b" }, """{"a":"b"}"""),
        ["numbers"] = (new[] { 1, 2, 3 }, "[1,2,3]"),
        ["probabilities"] = (new List<double> { 0.5, 0.25 }, "[0.5,0.25]"),
        ["empty list"] = (Array.Empty<object>(), "[]"),
        ["null"] = (null, "null"),
        ["text"] = ("天気 \"x\"", "\"天気 \\\"x\\\"\""),
        ["flag"] = (true, "true"),
        ["whole number"] = (7, "7"),
        ["large number"] = (ulong.MaxValue, "18446744073709551615"),
        ["decimal"] = (1.5m, "1.5"),
        ["time"] = (new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), "\"2026-01-02T03:04:05.0000000+00:00\""),
        ["guid"] = (Guid.Parse("11111111-2222-3333-4444-555555555555"), "\"11111111-2222-3333-4444-555555555555\""),
        ["address"] = (new Uri("https://a.example/b"), "\"https://a.example/b\""),
        ["name"] = (DayOfWeek.Friday, "\"Friday\""),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [MemberData(nameof(Kept))]
    public void ToJson_ValueWithAJsonForm_IsKept(string name)
    {
        var (value, json) = Values[name];

        var stored = JsonProperties.ToJson(new AdditionalPropertiesDictionary { ["p"] = value });

        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(json).RootElement, stored!["p"]), stored["p"].GetRawText());
        Assert.True(JsonProperties.FromJson(stored)!.ContainsKey("p"));
    }

    [Fact]
    public async Task GetOrCreate_PropertiesEverywhere_SurviveInBothDirections()
    {
        await _fixture.Cache.GetOrCreateAsync("whole", _ => Task.FromResult(Answer()), Token);
        await (await _fixture.Cache.GetOrStreamAsync("streamed", _ => Answer().ToChatResponseUpdates().ToAsyncEnumerable(), Token)).ToListAsync(Token);

        foreach (var question in (string[])["whole", "streamed"])
        {
            var whole = (await _fixture.AskAsync(question)).Response!;
            var updates = await (await _fixture.Cache.GetOrStreamAsync(question, _ => AsyncEnumerable.Empty<ChatResponseUpdate>(), Token)).ToListAsync(Token);

            AssertHas("citations", """["https://a.example"]""", [whole.AdditionalProperties, .. whole.Messages.Select(message => message.AdditionalProperties)]);
            AssertHas("citations", """["https://a.example"]""", updates.Select(update => update.AdditionalProperties));
            AssertHas("message", """{"a":[1]}""", [whole.AdditionalProperties, .. whole.Messages.Select(message => message.AdditionalProperties)]);
            AssertHas("message", """{"a":[1]}""", updates.Select(update => update.AdditionalProperties));
            AssertHas("thought", "[2]", whole.Messages.SelectMany(message => message.Contents).Select(content => content.AdditionalProperties));
            AssertHas("thought", "[2]", updates.SelectMany(update => update.Contents).Select(content => content.AdditionalProperties));
            AssertHas("said", "[3]", whole.Messages.SelectMany(message => message.Contents).Select(content => content.AdditionalProperties));
            AssertHas("said", "[3]", updates.SelectMany(update => update.Contents).Select(content => content.AdditionalProperties));
        }
    }

    [Fact]
    public async Task GetOrCreate_ValueWithoutAJsonForm_IsNamedOnceAndTheRestIsKept()
    {
        for (var i = 0; i < 3; i++)
        {
            var answer = CacheFixture.Answer("A memory.");
            answer.AdditionalProperties = new() { ["secret_object"] = new Version2(), ["nested"] = new List<object?> { 1, new Version2() }, ["infinite"] = double.NaN, ["kept"] = 1 };
            await _fixture.Cache.GetOrCreateAsync($"question {i}", _ => Task.FromResult(answer), Token);
        }

        var named = _fixture.Logs.GetSnapshot().Where(record => record.Id.Id == Log.PropertyNotKeptId).ToArray();
        Assert.Equal(3, named.Length);
        Assert.Contains(named, record => record.Message.Contains("'secret_object'", StringComparison.Ordinal) && record.Message.Contains(nameof(Version2), StringComparison.Ordinal));
        Assert.Equal(1L, (await _fixture.AskAsync("question 0")).Response!.AdditionalProperties!["kept"]);
    }

    [Fact]
    public void ToJson_DeeperThanAnyAnswer_IsLostRatherThanAnAnswer()
    {
        object? deep = 1;
        for (var i = 0; i < 100; i++)
        {
            deep = new List<object?> { deep };
        }

        var lost = new Dictionary<string, string>();
        Assert.Null(JsonProperties.ToJson(new AdditionalPropertiesDictionary { ["deep"] = deep }, lost));
        Assert.Equal(["deep"], lost.Keys);
    }

    private static ChatResponse Answer()
    {
        var reasoning = new TextReasoningContent("I think.") { AdditionalProperties = new() { ["thought"] = new[] { 2 } } };
        var text = new TextContent("A memory.") { AdditionalProperties = new() { ["said"] = new[] { 3 } } };
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, [reasoning, text])
        {
            MessageId = "m1",
            AdditionalProperties = new() { ["message"] = new Dictionary<string, object?> { ["a"] = new[] { 1 } } },
        })
        {
            FinishReason = ChatFinishReason.Stop,
            AdditionalProperties = new() { ["citations"] = new[] { "https://a.example" } },
        };
    }

    private static void AssertHas(string name, string json, IEnumerable<AdditionalPropertiesDictionary?> places) => Assert.Contains(
        places, properties => properties?.TryGetValue(name, out var value) == true && value is JsonElement element && JsonElement.DeepEquals(JsonDocument.Parse(json).RootElement, element));

    private sealed class Version2;
}
