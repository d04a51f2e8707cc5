using System.Diagnostics;

namespace RagCaching.Mutants.Running;

/// <summary>Runs a program of the SDK.</summary>
internal static class Tool
{
    /// <summary>Runs "dotnet" and waits for its end.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="timeout">After this time it is killed.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Cancels the wait, and kills it.</param>
    /// <returns>What it ended with, <see langword="null"/> where it had to be killed, and what it wrote.</returns>
    public static async Task<(int? ExitCode, string Output)> RunAsync(string folder, TimeSpan timeout, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new MutantException("'dotnet' does not start.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        int? exitCode = null;
        try
        {
            await process.WaitForExitAsync(limit.Token);
            exitCode = process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return (exitCode, await output + await errors);
    }
}
