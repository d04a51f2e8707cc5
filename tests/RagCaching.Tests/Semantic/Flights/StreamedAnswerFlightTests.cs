using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Flights;

public sealed class StreamedAnswerFlightTests : IDisposable
{
    private readonly CacheFixture _fixture = new();
    private readonly StreamDouble _model = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task GetOrStream_NewQuestion_PassesEachUpdateThroughAsItComes()
    {
        var stream = await StartAsync();
        await using var reader = stream.GetAsyncEnumerator(Token);
        var first = reader.MoveNextAsync();
        var call = await _model.NextCallAsync();

        var written = call.Write("A ");
        Assert.True(await first);
        Assert.Same(written, reader.Current);
        var next = call.Write("memory.");
        Assert.True(await reader.MoveNextAsync());
        Assert.Same(next, reader.Current);
        call.Finish();
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(ChatFinishReason.Stop, reader.Current.FinishReason);
        Assert.False(await reader.MoveNextAsync());

        Assert.Equal(SemanticCacheOutcome.Miss, stream.Result.Outcome);
        Assert.NotNull(stream.Result.EntryId);
        Assert.Single(_fixture.Store.Written);
    }

    [Fact]
    public async Task GetOrStream_StoredStream_ReplaysItsPiecesAndAnswersWholeRequestsToo()
    {
        await StreamToTheEndAsync("A ", "mem", "ory.");

        var replay = await StartAsync();
        var texts = new List<string>();
        var last = default(ChatResponseUpdate);
        await foreach (var update in replay.WithCancellation(Token))
        {
            last = update;
            if (update.Text.Length > 0)
            {
                texts.Add(update.Text);
            }
        }

        var whole = await _fixture.AskAsync("What is a cache?");

        Assert.Equal(SemanticCacheOutcome.ExactHit, replay.Result.Outcome);
        Assert.Equal(["A ", "mem", "ory."], texts);
        Assert.Equal(ChatFinishReason.Stop, last!.FinishReason);
        Assert.Equal("model-x", last.ModelId);
        Assert.Equal("A memory.", whole.Response!.Text);
        Assert.Null(whole.Response.Usage);
        Assert.Equal(1, _model.Calls);
    }

    [Fact]
    public async Task GetOrStream_AnswerThatCameWhole_IsReplayedAsAStream()
    {
        await _fixture.AskAsync("What is a cache?", "A memory.");

        var replay = await StartAsync();

        Assert.Equal("A memory.", await ReadTextAsync(replay));
        Assert.Equal("A memory.", await ReadTextAsync(replay));
        Assert.Equal(0, _model.Calls);
    }

    [Fact]
    public async Task GetOrStream_NotEnumerated_CallsNothing()
    {
        await StartAsync();

        Assert.Equal(0, _model.Calls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task GetOrStream_ReaderBreaksOff_StopsTheModelAndStoresNothing(int updates)
    {
        var stream = await StartAsync();
        var reader = stream.GetAsyncEnumerator(Token);
        StreamDouble.Call? call = null;
        for (var i = 0; i < updates; i++)
        {
            var next = reader.MoveNextAsync();
            call ??= await _model.NextCallAsync();
            call.Write("piece");
            Assert.True(await next);
        }

        await reader.DisposeAsync();

        Assert.Equal(updates > 0, call is { Ended: true, Token.IsCancellationRequested: true });
        Assert.Empty(_fixture.Store.Written);
    }

    [Fact]
    public async Task GetOrStream_ReaderBreaksOffAndTheModelJustStops_StoresNothing()
    {
        // Some clients end a stream that is cancelled as if it had come to its end.
        var stream = await _fixture.Cache.GetOrStreamAsync("What is a cache?", (_, token) => StopQuietlyAsync(token), Token);
        var reader = stream.GetAsyncEnumerator(Token);
        Assert.True(await reader.MoveNextAsync());

        await reader.DisposeAsync();

        Assert.Empty(_fixture.Store.Written);

        static async IAsyncEnumerable<ChatResponseUpdate> StopQuietlyAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
        {
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = token.Register(stopped.SetResult);
            yield return new ChatResponseUpdate(ChatRole.Assistant, "A memory of what was") { FinishReason = ChatFinishReason.Stop };
            await stopped.Task;
        }
    }

    [Fact]
    public async Task GetOrStream_ReaderCancels_StopsTheModelAndStoresNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var stream = await StartAsync();
        await using var reader = stream.GetAsyncEnumerator(cancellation.Token);
        var first = reader.MoveNextAsync().AsTask();
        var call = await _model.NextCallAsync();

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Assert.True(call.Ended);
        Assert.Empty(_fixture.Store.Written);
    }

    [Fact]
    public async Task GetOrStream_FailsInTheMiddle_GivesWhatCameThenTheFailureAndStoresNothing()
    {
        var stream = await StartAsync();
        await using var reader = stream.GetAsyncEnumerator(Token);
        var first = reader.MoveNextAsync();
        var call = await _model.NextCallAsync();
        call.Write("A ");
        Assert.True(await first);
        call.Fail(new InvalidDataException("the model is down"));

        await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.MoveNextAsync());

        Assert.Empty(_fixture.Store.Written);
    }

    [Theory]
    [InlineData("length")]
    [InlineData("content_filter")]
    [InlineData("tool_calls")]
    public async Task GetOrStream_DidNotFinishWithStop_IsNotStored(string reason)
    {
        var stream = await StartAsync();
        var reading = ReadTextAsync(stream);
        var call = await _model.NextCallAsync();
        call.Write("A ");
        call.Finish(new ChatFinishReason(reason));

        Assert.Equal("A ", await reading);
        Assert.Empty(_fixture.Store.Written);
    }

    [Fact]
    public async Task GetOrStream_SecondCallerWhileStreaming_GetsWhatCameAndThenTheRestLive()
    {
        var first = await StartAsync();
        await using var starter = first.GetAsyncEnumerator(Token);
        var firstMove = starter.MoveNextAsync();
        var call = await _model.NextCallAsync();
        call.Write("A ");
        Assert.True(await firstMove);

        var second = await StartAsync();
        await using var follower = second.GetAsyncEnumerator(Token);
        Assert.True(await follower.MoveNextAsync());
        Assert.Equal("A ", follower.Current.Text);
        Assert.NotSame(starter.Current, follower.Current);
        Assert.Equal(SemanticCacheOutcome.Joined, second.Result.Outcome);

        var live = follower.MoveNextAsync();
        call.Write("memory.");
        Assert.True(await live);
        Assert.Equal("memory.", follower.Current.Text);
        call.Finish();
        Assert.True(await follower.MoveNextAsync());
        Assert.Empty(follower.Current.Contents);
        Assert.False(await follower.MoveNextAsync());
        Assert.Equal(1, _model.Calls);
    }

    [Fact]
    public async Task GetOrStream_StarterBreaksOffWithAFollower_TheFollowerGetsAllAndItIsStored()
    {
        var first = await StartAsync();
        var starter = first.GetAsyncEnumerator(Token);
        var firstMove = starter.MoveNextAsync();
        var call = await _model.NextCallAsync();
        call.Write("A ");
        Assert.True(await firstMove);
        var second = await StartAsync();
        var follower = second.GetAsyncEnumerator(Token);
        Assert.True(await follower.MoveNextAsync());

        await starter.DisposeAsync();
        Assert.False(call.Token.IsCancellationRequested);
        call.Write("memory.");
        call.Finish();
        var text = follower.Current.Text;
        while (await follower.MoveNextAsync())
        {
            text += follower.Current.Text;
        }

        await follower.DisposeAsync();
        Assert.Equal("A memory.", text);
        Assert.Single(_fixture.Store.Written);
    }

    [Fact]
    public async Task GetOrStream_FailsWithAFollowerThatHasStarted_BothGetTheFailure()
    {
        var (call, starter, follower) = await StartTwoAsync();
        call.Write("A ");
        Assert.True(await starter.MoveNextAsync());
        Assert.True(await follower.MoveNextAsync());
        call.Fail(new InvalidDataException("the model is down"));

        await Assert.ThrowsAsync<InvalidDataException>(async () => await starter.MoveNextAsync());
        await Assert.ThrowsAsync<InvalidDataException>(async () => await follower.MoveNextAsync());

        Assert.Equal(1, _model.Calls);
    }

    [Fact]
    public async Task GetOrStream_FailsBeforeAFollowerHasStarted_TheFollowerTriesItsOwn()
    {
        var (call, starter, follower) = await StartTwoAsync();
        var starting = starter.MoveNextAsync().AsTask();
        var following = follower.MoveNextAsync().AsTask();
        call.Fail(new InvalidDataException("the model is down"));
        await Assert.ThrowsAsync<InvalidDataException>(() => starting);
        var own = await _model.NextCallAsync();
        own.Write("its own");

        Assert.True(await following);
        Assert.Equal("its own", follower.Current.Text);
    }

    [Fact]
    public async Task GetOrStream_StarterSaysDoNotStore_FollowersThatHaveNotStartedAskForThemselves()
    {
        var (call, starter, follower) = await StartTwoAsync();
        call.Context.Store = false;
        var following = follower.MoveNextAsync().AsTask();
        call.Write("secret");
        Assert.True(await starter.MoveNextAsync());
        var own = await _model.NextCallAsync();
        own.Write("its own");

        Assert.True(await following);
        Assert.Equal("its own", follower.Current.Text);
    }

    /// <summary>
    /// Clients begin streams with pieces that say nothing yet, and some name the reason of the end, or what was used, before the calls of tools. Those give nobody a share in what follows.
    /// </summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task GetOrStream_CallOfAToolAfterAPieceWithoutText_FollowersAskForThemselves(bool hasFinishReason, bool hasUsage)
    {
        var (call, starter, follower) = await StartTwoAsync();
        var following = follower.MoveNextAsync().AsTask();
        call.Write(new ChatResponseUpdate(ChatRole.Assistant, hasUsage ? [new UsageContent(new UsageDetails { InputTokenCount = 3 })] : [])
        {
            FinishReason = hasFinishReason ? ChatFinishReason.ToolCalls : null,
        });
        Assert.True(await starter.MoveNextAsync());
        call.Write(new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("1", "one")]));
        var own = await _model.NextCallAsync();
        own.Write("its own");

        Assert.True(await following);
        Assert.Equal("its own", follower.Current.Text);
    }

    [Fact]
    public async Task GetOrStream_EmptyPieceFirst_IsSharedWithTheText()
    {
        var (call, starter, follower) = await StartTwoAsync();
        var following = follower.MoveNextAsync().AsTask();
        call.Write(new ChatResponseUpdate(ChatRole.Assistant, []));
        Assert.True(await starter.MoveNextAsync());
        call.Write("A memory.");

        Assert.True(await following);
        Assert.Equal("", follower.Current.Text);
        Assert.True(await follower.MoveNextAsync());
        Assert.Equal("A memory.", follower.Current.Text);
    }

    [Fact]
    public async Task GetOrStream_LiveStreamEnumeratedTwice_Throws()
    {
        var stream = await StartAsync();
        await using var first = stream.GetAsyncEnumerator(Token);

        Assert.Throws<InvalidOperationException>(() => stream.GetAsyncEnumerator(Token));
    }

    [Fact]
    public async Task GetOrStream_Follower_GetsNothingThatBelongsToTheStarter()
    {
        var (call, starter, follower) = await StartTwoAsync();
        call.Write(new ChatResponseUpdate(ChatRole.Assistant, "A memory.")
        {
            ConversationId = "conversation of the starter",
            AdditionalProperties = new() { ["object"] = new object(), ["plain"] = 1 },
        });
        var own = _model.NextCallAsync();
        Assert.True(await starter.MoveNextAsync());

        // The piece shows that the answer is not for sharing: who has been given nothing yet asks for itself.
        (await own).Write("its own");
        Assert.True(await follower.MoveNextAsync());
        Assert.Equal("its own", follower.Current.Text);
    }

    [Fact]
    public async Task GetOrCreate_WhileStreaming_WaitsForTheStreamAndSharesIt()
    {
        var (call, starter, _) = await StartTwoAsync();
        var whole = _fixture.AskAsync("What is a cache?", "must not be called");
        call.Write("A memory.");
        call.Finish();
        while (await starter.MoveNextAsync())
        {
            // Reads to the end.
        }

        var result = await whole;

        Assert.Equal(SemanticCacheOutcome.Joined, result.Outcome);
        Assert.Equal("A memory.", result.Response!.Text);
        Assert.Null(result.Response.Usage);
    }

    [Fact]
    public async Task GetOrStream_CallerChangesAnUpdate_TheStoredAnswerIsUnchanged()
    {
        var stream = await StartAsync();
        await using var reader = stream.GetAsyncEnumerator(Token);
        var first = reader.MoveNextAsync();
        var call = await _model.NextCallAsync();
        call.Write("A memory.");
        Assert.True(await first);
        reader.Current.Contents.Clear();
        call.Finish();
        while (await reader.MoveNextAsync())
        {
            // Reads to the end.
        }

        Assert.Equal("A memory.", (await _fixture.AskAsync("What is a cache?")).Response!.Text);
    }

    [Fact]
    public async Task GetOrStream_NullUpdateOrStream_Throws()
    {
        var nullStream = await _fixture.Cache.GetOrStreamAsync("one", (_, _) => null!, Token);
        var nullUpdate = await _fixture.Cache.GetOrStreamAsync("two", (_, _) => new ChatResponseUpdate[] { null! }.ToAsyncEnumerable(), Token);

        await Assert.ThrowsAsync<InvalidOperationException>(() => ReadTextAsync(nullStream));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ReadTextAsync(nullUpdate));
    }

    [Fact]
    public async Task GetOrStreamText_TextFactory_RoundTrips()
    {
        var first = await _fixture.Cache.GetOrStreamTextAsync("What is a cache?", _ => new[] { "A ", "memory." }.ToAsyncEnumerable(), Token).ToListAsync(Token);
        var second = await _fixture.Cache.GetOrStreamTextAsync("What is a cache?", _ => AsyncEnumerable.Empty<string>(), Token).ToListAsync(Token);

        Assert.Equal(["A ", "memory."], first);
        Assert.Equal(["A ", "memory."], second);
    }

    private async Task<SemanticCacheStreamingResult> StartAsync() => await _fixture.Cache.GetOrStreamAsync("What is a cache?", _model.StreamAsync, Token);

    /// <summary>Starts one stream and lets a second caller join it before anything was written.</summary>
    private async Task<(StreamDouble.Call Call, IAsyncEnumerator<ChatResponseUpdate> Starter, IAsyncEnumerator<ChatResponseUpdate> Follower)> StartTwoAsync()
    {
        var starter = new PrefetchedEnumerator<ChatResponseUpdate>((await StartAsync()).GetAsyncEnumerator(Token));
        var call = await _model.NextCallAsync();
        var follower = new PrefetchedEnumerator<ChatResponseUpdate>((await StartAsync()).GetAsyncEnumerator(Token));
        return (call, starter, follower);
    }

    private async Task StreamToTheEndAsync(params string[] pieces)
    {
        var reading = ReadTextAsync(await StartAsync());
        var call = await _model.NextCallAsync();
        foreach (var piece in pieces)
        {
            call.Write(piece);
        }

        call.Finish();
        await reading;
    }

    private static async Task<string> ReadTextAsync(SemanticCacheStreamingResult stream)
    {
        var text = "";
        await foreach (var update in stream.WithCancellation(Token))
        {
            text += update.Text;
        }

        return text;
    }
}
