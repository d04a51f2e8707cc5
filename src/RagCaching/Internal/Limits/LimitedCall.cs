namespace RagCaching.Internal.Limits;

/// <summary>A call that a <see cref="SharedTimeLimit"/> watches over. As a work item, it ends the call because the limit has passed.</summary>
internal abstract class LimitedCall : IThreadPoolWorkItem
{
    protected LimitedCall() => Place = new(this);

    /// <summary>Gets its place among the calls under way.</summary>
    public LinkedListNode<LimitedCall> Place { get; }

    /// <summary>Gets or sets the timestamp of its beginning.</summary>
    public long StartedAt { get; set; }

    /// <inheritdoc/>
    public abstract void Execute();
}
