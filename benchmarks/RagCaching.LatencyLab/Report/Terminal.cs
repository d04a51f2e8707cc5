using Spectre.Console;

namespace RagCaching.LatencyLab.Report;

/// <summary>Sets up the output: colours and moving bars in a terminal, plain lines of a fixed width in a log.</summary>
internal static class Terminal
{
    private const int Width = 100;

    public static IAnsiConsole Create(bool isLog)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isLog ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isLog ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isLog ? InteractionSupport.No : InteractionSupport.Detect,
        });

        // Lines as wide as a very wide terminal are hard to read.
        console.Profile.Width = isLog ? Width : Math.Min(Width, console.Profile.Width);
        console.Profile.Capabilities.Unicode &= !isLog;
        return console;
    }
}
