using System.Diagnostics;

namespace RagCaching.VectorData.Tests.Postgres;

/// <summary>PostgreSQL with pgvector as WebAssembly in a process of node, installed by npm into a folder that goes with it.</summary>
internal sealed class PgliteProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ragcaching-pglite-");
    private Process? _process;

    /// <summary>Gets a value indicating whether node and npm are installed.</summary>
    public static bool IsPossible => IsOnPath("node") && IsOnPath("npm");

    /// <summary>Installs and starts the server.</summary>
    /// <returns>The string to connect with.</returns>
    public async Task<string> StartAsync()
    {
        await InstallAsync();
        _process = Start("node", "server.mjs");
        var errors = _process.StandardError.ReadToEndAsync();
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);

        // One connection, since there is one session behind its socket. Long limits: they are no part of what is tested, and a machine may be busy.
        return line?.StartsWith("listening on ", StringComparison.Ordinal) == true
            ? $"Host=127.0.0.1;Port={line.Split(' ')[^1]};Database=postgres;Username=postgres;Password=postgres;SSL Mode=Disable;Maximum Pool Size=1;Timeout=600;Command Timeout=120"
            : throw new InvalidOperationException($"node has ended: {line ?? await errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));

    private Process Start(string program, string arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = _folder.FullName,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private async Task InstallAsync()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "pglite")))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }

        using var npm = Start("npm", "ci --no-audit --no-fund --ignore-scripts");
        var output = npm.StandardOutput.ReadToEndAsync();
        var errors = npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync().WaitAsync(Patience);
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm failed: {await output}\n{await errors}");
        }
    }
}
