namespace RagCaching.Journals;

/// <summary>Takes the results of calls that have completed when they return, as those of the index in memory have.</summary>
internal static class Completed
{
    public static TResult Result<TResult>(ValueTask<TResult> call) => call.IsCompleted ? call.Result : throw NotCompleted();

    public static void Done(ValueTask call)
    {
        if (!call.IsCompleted)
        {
            throw NotCompleted();
        }

        call.GetAwaiter().GetResult();
    }

    private static InvalidOperationException NotCompleted() => new("The index in memory completes every call before it returns.");
}
