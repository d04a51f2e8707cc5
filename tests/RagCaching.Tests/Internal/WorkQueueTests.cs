using System.Collections.Concurrent;
using RagCaching.Internal;

namespace RagCaching.Tests.Internal;

public sealed class WorkQueueTests
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task TryAdd_ManyPieces_AllAreDoneWithinTheConcurrency()
    {
        var running = 0;
        var most = 0;
        var done = new ConcurrentBag<int>();
        var queue = new WorkQueue<int>(WorkAsync, concurrency: 3, capacity: 1000);

        for (var i = 0; i < 500; i++)
        {
            Assert.True(queue.TryAdd(i));
        }

        _gate.SetResult();
        await queue.WhenIdleAsync();

        Assert.Equal(Enumerable.Range(0, 500), done.Order());
        Assert.InRange(most, 1, 3);

        async Task WorkAsync(int item)
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await _gate.Task;
            await Task.Yield();
            done.Add(item);
            Interlocked.Decrement(ref running);
        }
    }

    [Fact]
    public async Task TryAdd_Full_IsRefused()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var queue = new WorkQueue<int>(
            async _ =>
            {
                started.TrySetResult();
                await _gate.Task;
            },
            concurrency: 1,
            capacity: 2);
        queue.TryAdd(0);
        await started.Task;

        Assert.True(queue.TryAdd(1));
        Assert.True(queue.TryAdd(2));
        Assert.False(queue.TryAdd(3));
        _gate.SetResult();
        await queue.WhenIdleAsync();
        Assert.True(queue.TryAdd(4));
    }

    [Fact]
    public async Task Stop_WithWorkWaiting_ReturnsItAndRefusesMore()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var queue = new WorkQueue<int>(
            async _ =>
            {
                started.TrySetResult();
                await _gate.Task;
            },
            concurrency: 1,
            capacity: 10);
        queue.TryAdd(0);
        await started.Task;
        queue.TryAdd(1);
        queue.TryAdd(2);

        Assert.Equal([1, 2], queue.Stop());

        Assert.False(queue.TryAdd(3));
        _gate.SetResult();
        await queue.WhenIdleAsync();
    }

    [Fact]
    public async Task TryAdd_AmbientStateOfTheCaller_DoesNotReachTheWork()
    {
        var ambient = new AsyncLocal<string>();
        var seen = new TaskCompletionSource<string?>();
        var queue = new WorkQueue<int>(
            _ =>
            {
                seen.SetResult(ambient.Value);
                return Task.CompletedTask;
            },
            concurrency: 1,
            capacity: 1);
        ambient.Value = "request";

        queue.TryAdd(0);

        Assert.Null(await seen.Task);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        var current = Volatile.Read(ref target);
        while (value > current && Interlocked.CompareExchange(ref target, value, current) is var seen && seen != current)
        {
            current = seen;
        }
    }
}
