namespace RagCaching.Tests.TestDoubles;

/// <summary>Results of calls that must not have to wait, for tests that run on threads of their own.</summary>
internal static class SynchronousCalls
{
    /// <summary>Gets the result of a call that has ended.</summary>
    public static T Done<T>(ValueTask<T> call)
    {
        Assert.True(call.IsCompleted);
        return call.GetAwaiter().GetResult();
    }

    /// <summary>Checks that a call has ended, and well.</summary>
    public static void Done(ValueTask call)
    {
        Assert.True(call.IsCompleted);
        call.GetAwaiter().GetResult();
    }
}
