using System.Diagnostics;

namespace RagCaching.Internal.Faults;

/// <summary>Runs what must never cost a caller an answer and has nobody to tell but a debugger: listeners of metrics, loggers.</summary>
internal static class Quietly
{
    public static void Run<TState>(Action<TState> action, TState state) => Get(
        static call =>
        {
            call.Action(call.State);
            return true;
        },
        (Action: action, State: state),
        fallback: false);

    public static TResult Get<TState, TResult>(Func<TState, TResult> function, TState state, TResult fallback)
    {
        try
        {
            return function(state);
        }
        catch (Exception exception)
        {
            Debug.WriteLine(exception);
            return fallback;
        }
    }
}
