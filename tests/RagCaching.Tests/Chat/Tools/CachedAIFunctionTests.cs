using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RagCaching.Diagnostics;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Chat.Tools;

public sealed class CachedAIFunctionTests : IDisposable
{
    private readonly CacheFixture _cache = new();
    private int _runs;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task Invoke_EqualArguments_RunsOnceAndReturnsTheSame()
    {
        var function = Cached(FunctionOf((string city, int days) => new { city, days, degrees = 21.5 }));

        var first = await function.InvokeAsync(new() { ["city"] = "Rome", ["days"] = 3 }, Token);
        var again = await function.InvokeAsync(new() { ["days"] = 3, ["city"] = "Rome" }, Token);
        await function.InvokeAsync(new() { ["city"] = "Rome", ["days"] = 4 }, Token);

        Assert.Equal(2, _runs);
        Assert.Equal(JsonSerializer.Serialize(first), JsonSerializer.Serialize(again));
        Assert.Equal((3L, 1L, 2L), StatisticsOf(function));
    }

    /// <summary>Arguments as models write them: JSON, in any order and notation.</summary>
    [Theory]
    [InlineData("""{"a":1,"b":{"x":1,"y":[1,2]}}""", """{ "b" : {"y":[1,2],"x":1}, "a":1 }""", true)]
    [InlineData("""{"a":1}""", """{"a":1.0}""", true)]
    [InlineData("""{"a":100}""", """{"a":1e2}""", true)]
    [InlineData("""{"a":0}""", """{"a":-0.0}""", true)]
    [InlineData("""{"a":1.5}""", """{"a":1.50}""", true)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", false)]
    [InlineData("""{"a":1}""", """{"a":2}""", false)]
    [InlineData("""{"a":null}""", """{}""", false)]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData("""{"a":12345678901234567890123456789.1}""", """{"a":12345678901234567890123456789.2}""", false)]
    [InlineData("""{"a":"2026-01-01"}""", """{"a":"2026-01-02"}""", false)]
    [InlineData("""{"a":"\u00e9"}""", """{"a":"é"}""", true)]
    public async Task Invoke_ArgumentsInAnotherNotation_AreTheSameWhereTheirValuesAre(string first, string second, bool isSame)
    {
        var function = Cached(FunctionOf((JsonElement? a = null, JsonElement? b = null) => "done"));

        await function.InvokeAsync(ArgumentsOf(first), Token);
        await function.InvokeAsync(ArgumentsOf(second), Token);

        Assert.Equal(isSame ? 1 : 2, _runs);
    }

    [Fact]
    public async Task Invoke_ArgumentsThatAreValues_AreComparedAsTheJsonThatTheyBecome()
    {
        var function = Cached(FunctionOf((JsonElement? a = null) => "done"));
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));

        await function.InvokeAsync(new() { ["a"] = time }, Token);
        await function.InvokeAsync(ArgumentsOf("""{"a":"2026-01-02T03:04:05+01:00"}"""), Token);
        await function.InvokeAsync(new() { ["a"] = time.ToUniversalTime() }, Token);

        Assert.Equal(2, _runs);
    }

    [Theory]
    [InlineData("cycle")]
    [InlineData("not a number")]
    [InlineData("deep")]
    [InlineData("type")]
    public async Task Invoke_ArgumentsWithoutACanonicalForm_RunsEachTimeAndSaysSoOnce(string kind)
    {
        var function = Cached(new RawFunction(_ => ++_runs));
        object cycle = kind switch
        {
            "cycle" => Cycle(),
            "not a number" => double.NaN,
            "deep" => Deep(),
            _ => new MemoryStream(),
        };
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(i, await function.InvokeAsync(new() { ["a"] = cycle }, Token));
        }

        Assert.Equal(3, function.GetStatistics().NotStored[ToolResultFault.Arguments]);
        AssertSaidOnce("Arguments");
    }

    public static TheoryData<string, ToolResultFault> NotStored => new()
    {
        { "null", ToolResultFault.Null },
        { "json null", ToolResultFault.Null },
        { "image", ToolResultFault.Binary },
        { "bytes", ToolResultFault.Binary },
        { "megabyte", ToolResultFault.TooLarge },
        { "megabyte of json", ToolResultFault.TooLarge },
        { "object", ToolResultFault.Type },
    };

    [Theory]
    [MemberData(nameof(NotStored))]
    public async Task Invoke_ResultThatIsNotStored_IsReturnedUnchangedAndCounted(string kind, ToolResultFault fault)
    {
        object? result = kind switch
        {
            "null" => null,
            "json null" => JsonElement.Parse("null"),
            "image" => new DataContent(new byte[] { 1, 2 }, "image/png"),
            "bytes" => new byte[] { 1, 2 },
            "megabyte" => new string('x', 1 << 20),
            "megabyte of json" => JsonElement.Parse($"\"{new string('x', 1 << 20)}\""),
            _ => new object(),
        };
        var function = Cached(new RawFunction(_ => result));
        using var calls = _cache.Counter("ragcaching.tool.calls");

        Assert.Equal(result, await function.InvokeAsync([], Token));
        Assert.Equal(result, await function.InvokeAsync([], Token));

        Assert.Equal(2, function.GetStatistics().NotStored[fault]);
        Assert.Empty(_cache.Store.Written);
        Assert.Equal(2, calls.GetMeasurementSnapshot().Count(call => call.Tags["ragcaching.cache.request.reason"] is string reason && reason == fault.ToString()));
        AssertSaidOnce(fault.ToString());
    }

    [Fact]
    public async Task Invoke_FunctionThrows_TheExceptionReachesTheCallerAndNothingIsStored()
    {
        var function = Cached(new RawFunction(_ => throw new FormatException("odd")));

        await Assert.ThrowsAsync<FormatException>(async () => await function.InvokeAsync([], Token));
        await Assert.ThrowsAsync<FormatException>(async () => await function.InvokeAsync([], Token));

        Assert.Equal(2, function.GetStatistics().NotStored[ToolResultFault.Exception]);
        AssertSaidOnce("Exception");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("element")]
    [InlineData("node")]
    [InlineData("empty")]
    public async Task Invoke_StoredResult_HasTheTypeAndValueOfTheOriginal(string kind)
    {
        object result = kind switch
        {
            "text" => "it's \"21\" \u00b0C\n",
            "element" => JsonElement.Parse("""{"b":[1,2.50,null],"a":"x"}"""),
            "node" => JsonNode.Parse("""{"b":1}""")!,
            _ => "",
        };
        var function = Cached(new RawFunction(_ => result));

        await function.InvokeAsync([], Token);
        var again = await function.InvokeAsync([], Token);

        Assert.Equal(1, function.GetStatistics().Hits);
        Assert.Equal(result.ToString(), again!.ToString());
        Assert.Equal(result is JsonNode, again is JsonNode);
        Assert.Equal(result is string, again is string);
    }

    [Fact]
    public async Task Invoke_SameArgumentsAtOnce_ShareOneRun()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var function = Cached(new RawFunction(_ => DoneAsync()));

        async Task<string> DoneAsync()
        {
            Interlocked.Increment(ref _runs);
            await gate.Task;
            return "done";
        }

        var calls = Enumerable.Range(0, 10).Select(_ => function.InvokeAsync([], Token).AsTask()).ToArray();
        gate.SetResult();

        Assert.All(await Task.WhenAll(calls), result => Assert.Equal("done", result));
        Assert.Equal((10L, 9L, 1L), StatisticsOf(function));
    }

    [Fact]
    public async Task Invoke_OtherScopeVersionSchemaOrName_IsAnotherResult()
    {
        var inner = new RawFunction(_ => $"run {++_runs}");
        await Cached(inner).InvokeAsync([], Token);
        await Cached(inner, options => options.Scope = CacheScope.For("tenant")).InvokeAsync([], Token);
        await Cached(inner, options => options.Version = "2").InvokeAsync([], Token);
        await Cached(new RawFunction(_ => $"run {++_runs}", "other")).InvokeAsync([], Token);
        await Cached(new RawFunction(_ => $"run {++_runs}", schema: """{"type":"object"}""")).InvokeAsync([], Token);

        Assert.Equal(5, _runs);
        Assert.Equal("run 1", await Cached(inner).InvokeAsync([], Token));
    }

    [Fact]
    public async Task Invoke_TimeToLiveOfTheTool_HasPassed_RunsAgain()
    {
        var function = Cached(new RawFunction(_ => $"run {++_runs}"), options => options.Tools["raw"] = TimeSpan.FromMinutes(1));
        await function.InvokeAsync([], Token);

        _cache.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("run 1", await function.InvokeAsync([], Token));
        _cache.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("run 2", await function.InvokeAsync([], Token));
    }

    [Fact]
    public async Task RemoveWhere_TagOfTheTool_RemovesItsResults()
    {
        var function = Cached(new RawFunction(_ => $"run {++_runs}"));
        await function.InvokeAsync([], Token);

        Assert.Equal(1, await _cache.Cache.RemoveWhereAsync(new EntryFilter { AllScopes = true, Tag = "tool:raw" }, Token));
        Assert.Equal("run 2", await function.InvokeAsync([], Token));
    }

    [Fact]
    public async Task Invoke_Arguments_StayOutOfTheStore()
    {
        await Cached(FunctionOf((string city) => "done")).InvokeAsync(new() { ["city"] = "Timbuktu" }, Token);

        Assert.All(_cache.Store.Written, entry => Assert.DoesNotContain("Timbuktu", System.Text.Encoding.UTF8.GetString(entry.Metadata.Span) + System.Text.Encoding.UTF8.GetString(entry.Payload.Span), StringComparison.Ordinal));
        Assert.Equal(0, _cache.Generator.Calls);
    }

    [Fact]
    public async Task Invoke_CacheIsDown_RunsTheFunction()
    {
        _cache.Store.OnGet = _ => throw new IOException();
        var function = Cached(new RawFunction(_ => "done"));

        Assert.Equal("done", await function.InvokeAsync([], Token));
    }

    [Fact]
    public async Task Loop_WithCachedFunctions_IsStoredForAsLongAsTheirResults()
    {
        using var loop = new Answers.ToolLoop(new());
        var tools = new[] { loop.Tool("read_a") }.UseResultCache(loop.Cache.Cache, options => options.Tools["read_a"] = TimeSpan.FromMinutes(1));
        await loop.AskAsync(streams: false, ["read_a"], new ChatOptions { Tools = tools });
        var hit = await loop.AskAsync(streams: false, ["read_a"], new ChatOptions { Tools = tools });
        loop.Cache.Time.Advance(TimeSpan.FromMinutes(2));
        var later = await loop.AskAsync(streams: false, ["read_a"], new ChatOptions { Tools = tools });

        Assert.Equal((true, false), (hit.GetSemanticCacheResult()!.IsHit, later.GetSemanticCacheResult()!.IsHit));
        Assert.Equal(2, loop.Invocations);
    }

    [Fact]
    public void UseResultCache_ToolsThatAreNotNamed_StayAsTheyAre()
    {
        var (one, other) = (AIFunctionFactory.Create(() => 1, "one"), AIFunctionFactory.Create(() => 1, "other"));

        var tools = new AITool[] { one, other, new HostedWebSearchTool() }.UseResultCache(_cache.Cache, options => options.Tools["one"] = null);

        Assert.Equal(("one", one.Description), (Assert.IsType<CachedAIFunction>(tools[0]).Name, tools[0].Description));
        Assert.Same(other, tools[1]);
        Assert.Equal(3, tools.Count);
    }

    [Fact]
    public void UseResultCache_NameThatIsNoTool_Throws()
    {
        var exception = Assert.Throws<ArgumentException>(() => new[] { AIFunctionFactory.Create(() => 1, "one") }.UseResultCache(_cache.Cache, options => options.Tools["oen"] = null));

        Assert.Contains("'oen'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("time")]
    [InlineData("length")]
    [InlineData("tool")]
    [InlineData("name")]
    public void Constructor_OptionsOutOfRange_NamesTheSetting(string setting)
    {
        Action<ToolResultCacheOptions> configure = setting switch
        {
            "time" => options => options.TimeToLive = TimeSpan.Zero,
            "length" => options => options.MaxResultLength = 0,
            "tool" => options => options.Tools["raw"] = TimeSpan.FromSeconds(-1),
            _ => options => options.Tools[" "] = null,
        };

        var exception = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => Cached(new RawFunction(_ => 1), configure));

        Assert.NotEmpty(exception.Message);
    }

    private static (long Calls, long Hits, long Runs) StatisticsOf(CachedAIFunction function)
    {
        var statistics = function.GetStatistics();
        return (statistics.Calls, statistics.Hits, statistics.Runs);
    }

    private static AIFunctionArguments ArgumentsOf(string json) =>
        new(JsonElement.Parse(json).EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value));

    private static Dictionary<string, object> Cycle()
    {
        var cycle = new Dictionary<string, object>();
        cycle["self"] = cycle;
        return cycle;
    }

    private static JsonElement Deep() => JsonElement.Parse(new string('[', 40) + new string(']', 40));

    private void AssertSaidOnce(string reason)
    {
        var warning = Assert.Single(_cache.Logs.GetSnapshot(), record => record.Id.Id == Log.ToolResultNotStoredId);
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains($": {reason}.", warning.Message, StringComparison.Ordinal);
    }

    private CountingFunction FunctionOf(Delegate function) => new CountingFunction(AIFunctionFactory.Create(function, "counted"), () => _runs++);

    private CachedAIFunction Cached(AIFunction function, Action<ToolResultCacheOptions>? configure = null)
    {
        var options = new ToolResultCacheOptions();
        configure?.Invoke(options);
        return new CachedAIFunction(function, _cache.Cache, options, _cache.Services);
    }

    private sealed class CountingFunction(AIFunction inner, Action count) : DelegatingAIFunction(inner)
    {
        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
        {
            count();
            return base.InvokeCoreAsync(arguments, cancellationToken);
        }
    }

    /// <summary>A function that returns what a test says, as it is.</summary>
    private sealed class RawFunction(Func<AIFunctionArguments, object?> run, string name = "raw", string schema = "{}") : AIFunction
    {
        public override string Name => name;

        public override JsonElement JsonSchema { get; } = JsonElement.Parse(schema);

        protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
            run(arguments) is var result && result is Task<string> task ? await task : result;
    }
}
