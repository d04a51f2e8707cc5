using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace RagCaching.Testing.Tests.Models;

/// <summary>Delays and failures of <see cref="ScriptedChatClient"/>, by a clock that the test moves.</summary>
public sealed class ScriptedTimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetStreamingResponse_Delays_PassBeforeEachPiece()
    {
        var client = new ScriptedChatClient(timeProvider: _time).Otherwise(new ScriptedAnswer("a b") { FirstPieceDelay = 3 * Second, PieceDelay = Second });
        await using var stream = client.GetStreamingResponseAsync("q", cancellationToken: Token).GetAsyncEnumerator(Token);

        var first = stream.MoveNextAsync().AsTask();
        _time.Advance(2 * Second);
        Assert.False(first.IsCompleted);
        _time.Advance(Second);
        Assert.True(await first);
        var second = stream.MoveNextAsync().AsTask();
        Assert.False(second.IsCompleted);
        _time.Advance(Second);
        Assert.True(await second);
        Assert.True(await stream.MoveNextAsync());
        Assert.False(await stream.MoveNextAsync());
    }

    [Fact]
    public async Task GetResponse_Delays_AreThoseOfAllPiecesTogether()
    {
        var client = new ScriptedChatClient(timeProvider: _time).Otherwise(new ScriptedAnswer("a b c") { FirstPieceDelay = 3 * Second, PieceDelay = Second });

        var answering = client.GetResponseAsync("q", cancellationToken: Token);
        _time.Advance(5 * Second - TimeSpan.FromTicks(1));
        Assert.False(answering.IsCompleted);
        Assert.Equal(ScriptedCallState.Running, client.Calls[0].State);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal("a b c", (await answering).Text);
    }

    [Theory]
    [InlineData(3, -1, 3)]
    [InlineData(-1, 2, 4)]
    [InlineData(-1, -1, 0)]
    public async Task GetResponse_NegativeDelay_CountsAsZero(int first, int further, int seconds)
    {
        var client = new ScriptedChatClient(timeProvider: _time).Otherwise(new ScriptedAnswer("a b c") { FirstPieceDelay = first * Second, PieceDelay = further * Second });

        var answering = client.GetResponseAsync("q", cancellationToken: Token);
        if (seconds > 0)
        {
            _time.Advance((seconds * Second) - TimeSpan.FromTicks(1));
            Assert.False(answering.IsCompleted);
            _time.Advance(TimeSpan.FromTicks(1));
        }

        Assert.Equal("a b c", (await answering).Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public async Task GetStreamingResponse_Failure_ComesAfterItsPieces(int pieces)
    {
        var client = new ScriptedChatClient().Otherwise(new ScriptedAnswer("a b c") { Failure = new IOException("gone"), PiecesBeforeFailure = pieces });
        var seen = new List<string>();

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("q", cancellationToken: Token))
            {
                seen.Add(update.Text);
            }
        });

        Assert.Equal(((string[])["a", " b", " c"]).Take(pieces), seen);
        Assert.Equal((Math.Min(pieces, 3), ScriptedCallState.Failed), (client.Calls[0].PiecesSent, client.Calls[0].State));
        Assert.Null(client.Calls[0].Usage);
    }

    [Fact]
    public async Task GetResponse_Failure_ThrowsWhatTheScriptSays()
    {
        var client = new ScriptedChatClient().Then(ScriptedAnswer.Fails(new TimeoutException("slow"))).Then("a");

        await Assert.ThrowsAsync<TimeoutException>(() => client.GetResponseAsync("q", cancellationToken: Token));

        Assert.Equal("a", (await client.GetResponseAsync("q", cancellationToken: Token)).Text);
        Assert.Equal(0, new ScriptedChatClient().TotalUsage.TotalTokenCount);
    }

    [Fact]
    public async Task GetStreamingResponse_ReaderBreaksOff_IsAbandoned()
    {
        var client = new ScriptedChatClient().Otherwise("a b c");

        await foreach (var update in client.GetStreamingResponseAsync("q", cancellationToken: Token))
        {
            break;
        }

        Assert.Equal((1, ScriptedCallState.Abandoned), (client.Calls[0].PiecesSent, client.Calls[0].State));
    }

    [Fact]
    public async Task GetResponse_CallerCancels_IsAbandoned()
    {
        using var cancellation = new CancellationTokenSource();
        var client = new ScriptedChatClient(timeProvider: _time).Otherwise(new ScriptedAnswer("a") { FirstPieceDelay = Second });

        var answering = client.GetResponseAsync("q", cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);
        Assert.Equal(ScriptedCallState.Abandoned, client.Calls[0].State);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync("q", cancellationToken: cancellation.Token));
        Assert.Single(client.Calls);
    }
}
