namespace RagCaching.Tests.TestDoubles;

/// <summary>Makes a generator wait, so that a test decides when its answer comes.</summary>
internal sealed class GatedGenerator
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GatedGenerator() => Inner.GenerateCallback = async (batch, _, token) =>
    {
        LastToken = token;
        _started.TrySetResult();
        await _gate.Task.WaitAsync(token);
        return Inner.Generate(batch);
    };

    public TestEmbeddingGenerator Inner { get; } = new();

    /// <summary>Ends when the generator has been called.</summary>
    public Task Started => _started.Task;

    /// <summary>The token of the last call.</summary>
    public CancellationToken LastToken { get; private set; }

    /// <summary>Lets the calls, present and future, return.</summary>
    public void Open() => _gate.SetResult();

    /// <summary>Lets the calls, present and future, fail.</summary>
    public void Fail(Exception exception) => _gate.SetException(exception);
}
