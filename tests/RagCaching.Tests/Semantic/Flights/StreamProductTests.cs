using Microsoft.Extensions.AI;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Flights;

/// <summary>
/// All combinations, for up to five pieces, of: the model fails after so many pieces, the first reader breaks off after so many, a second reader joins after so many, and leaves after
/// having read so many. Nothing partial is ever stored, and nobody reads anything but the beginning of the answer.
/// </summary>
public sealed class StreamProductTests
{
    private const string Question = "What is a cache?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task EveryCombination_NothingPartialIsStored(int pieces)
    {
        var runs = 0;
        foreach (var fail in Indices(pieces))
        {
            foreach (var breaks in Indices(pieces))
            {
                foreach (var join in Indices(pieces))
                {
                    foreach (var leave in join is null ? [null] : Indices(pieces))
                    {
                        await using var run = new Run(pieces, fail, breaks, join, leave);
                        await run.PlayAsync();
                        runs++;
                    }
                }
            }
        }

        var indices = pieces + 2;
        Assert.Equal(indices * indices * (1 + ((indices - 1) * indices)), runs);
    }

    private static IEnumerable<int?> Indices(int pieces) => Enumerable.Range(0, pieces + 1).Select(index => (int?)index).Prepend(null);

    /// <summary>One combination, played step by step: before each step everybody has read all that was written.</summary>
    private sealed class Run(int pieces, int? fail, int? breaks, int? join, int? leave) : IAsyncDisposable
    {
        private readonly CacheFixture _fixture = new();
        private readonly StreamDouble _model = new();
        private readonly List<StreamDouble.Call> _calls = [];
        private Reader? _first;
        private Reader? _second;
        private bool _finished;

        private string Combination => $"pieces {pieces}, fail {fail}, break {breaks}, join {join}, leave {leave}";

        private string Whole => string.Concat(Enumerable.Range(0, pieces));

        public async Task PlayAsync()
        {
            _first = await StartAsync();
            var call = await NextCallAsync();
            for (var step = 0; step <= pieces; step++)
            {
                if (join == step)
                {
                    await JoinAsync(call, step);
                }

                if (breaks == step)
                {
                    await _first.LeaveAsync();
                }

                await LeaveIfDueAsync();
                if (!IsRead(call))
                {
                    // Nobody reads: the model has been stopped, and only a reader that is yet to come starts anew.
                    Assert.True(call.Token.IsCancellationRequested, Combination);
                    continue;
                }

                if (await EndsAsync(call, step))
                {
                    break;
                }

                call.Write($"{step}");
                await ReadAsync(call);
            }

            await CheckAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await (_first?.LeaveAsync() ?? ValueTask.CompletedTask);
            await (_second?.LeaveAsync() ?? ValueTask.CompletedTask);
            _fixture.Dispose();
        }

        private bool IsRead(StreamDouble.Call call) => _first!.Reads(call) || _second?.Reads(call) == true;

        private async Task JoinAsync(StreamDouble.Call call, int step)
        {
            var isOver = !IsRead(call);
            _second = await StartAsync();
            if (isOver)
            {
                await PlayOwnAnswerAsync();
                return;
            }

            _second.Call = call;
            for (var i = 0; i < step && _second.Count != leave; i++)
            {
                await _second.ReadAsync();
            }
        }

        /// <summary>Fails or finishes the answer, if it is time to.</summary>
        private async Task<bool> EndsAsync(StreamDouble.Call call, int step)
        {
            if (fail != step && step < pieces)
            {
                return false;
            }

            if (fail != step)
            {
                _finished = true;
                call.Finish();
                await Readers(call).ReadToEndAsync();
                return true;
            }

            call.Fail(new IOException());
            foreach (var reader in new[] { _first!, _second }.Where(reader => reader?.Reads(call) == true))
            {
                if (reader == _second && reader!.Count == 0)
                {
                    // It has been given nothing yet and tries its own factory.
                    await PlayOwnAnswerAsync();
                }
                else
                {
                    await Assert.ThrowsAsync<IOException>(reader!.ReadAsync);
                    reader!.Call = null;
                }
            }

            return true;
        }

        private ReaderGroup Readers(StreamDouble.Call call) => new([.. new[] { _first!, _second }.Where(reader => reader?.Reads(call) == true).Select(reader => reader!)]);

        private async Task ReadAsync(StreamDouble.Call call)
        {
            foreach (var reader in Readers(call).Readers)
            {
                await reader.ReadAsync();
            }
        }

        private async Task LeaveIfDueAsync()
        {
            if (_second is { Call: not null } second && second.Count == leave)
            {
                await second.LeaveAsync();
            }
        }

        /// <summary>The second reader is answered by a call of its own, which does not fail.</summary>
        private async Task PlayOwnAnswerAsync()
        {
            var call = await NextCallAsync();
            _second!.Call = call;
            for (var step = 0; step < pieces; step++)
            {
                await LeaveIfDueAsync();
                if (!_second.Reads(call))
                {
                    Assert.True(call.Token.IsCancellationRequested, Combination);
                    return;
                }

                call.Write($"{step}");
                await _second.ReadAsync();
            }

            await LeaveIfDueAsync();
            if (_second.Reads(call))
            {
                _finished = true;
                call.Finish();
                await new ReaderGroup([_second]).ReadToEndAsync();
            }
        }

        private async Task<Reader> StartAsync()
        {
            var reader = new Reader(_fixture.Cache, _model);
            await reader.StartAsync();
            return reader;
        }

        private async Task<StreamDouble.Call> NextCallAsync()
        {
            var call = await _model.NextCallAsync();
            _calls.Add(call);
            _first!.Call ??= _calls.Count == 1 ? call : null;
            return call;
        }

        private async Task CheckAsync()
        {
            foreach (var reader in new[] { _first, _second }.Where(reader => reader is not null))
            {
                Assert.StartsWith(reader!.Text, Whole, StringComparison.Ordinal);
                Assert.True(!reader.IsAtEnd || reader.Text == Whole, Combination);
            }

            var stored = await _fixture.Cache.LookupAsync(Question, Token);
            Assert.Equal((_finished ? Whole : null, Combination), (stored.Response?.Text, Combination));
            Assert.Equal(_finished ? 1 : 0, _fixture.Store.Written.Count);
        }
    }

    private sealed record ReaderGroup(IReadOnlyList<Reader> Readers)
    {
        public async Task ReadToEndAsync()
        {
            foreach (var reader in Readers)
            {
                while (!reader.IsAtEnd)
                {
                    await reader.ReadAsync();
                }
            }
        }
    }

    private sealed class Reader(SemanticCache cache, StreamDouble model)
    {
        private readonly CancellationTokenSource _leaving = new();
        private IAsyncEnumerator<ChatResponseUpdate>? _updates;
        private Task<bool>? _pending;

        /// <summary>The call that it reads; none once it has left or has been failed.</summary>
        public StreamDouble.Call? Call { get; set; }

        public int Count { get; private set; }

        public string Text { get; private set; } = "";

        public bool IsAtEnd { get; private set; }

        public bool Reads(StreamDouble.Call call) => Call == call && !IsAtEnd;

        public async Task StartAsync()
        {
            _updates = (await cache.GetOrStreamAsync(Question, model.StreamAsync, Token)).GetAsyncEnumerator(_leaving.Token);
            _pending = _updates.MoveNextAsync().AsTask();
        }

        public async Task ReadAsync()
        {
            var pending = _pending ?? _updates!.MoveNextAsync().AsTask();
            _pending = null;
            IsAtEnd = !await pending;
            if (!IsAtEnd && _updates!.Current.Text is { Length: > 0 } text)
            {
                Count++;
                Text += text;
            }
        }

        /// <summary>Leaves: by its token while it waits, otherwise by ending the enumeration.</summary>
        public async ValueTask LeaveAsync()
        {
            Call = null;
            if (_pending is { IsCompleted: false } pending)
            {
                await _leaving.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
            }
            else if (_pending is not null)
            {
                await _pending.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }

            _pending = null;
            await _updates!.DisposeAsync();
        }
    }
}
