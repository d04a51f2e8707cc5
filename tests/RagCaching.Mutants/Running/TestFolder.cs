using System.Text.RegularExpressions;
using RagCaching.Mutants.Lists;

namespace RagCaching.Mutants.Running;

/// <summary>A copy of a built test project, in which an assembly can be replaced.</summary>
internal sealed partial class TestFolder
{
    private readonly string _project;
    private readonly string _folder;
    private string? _replaced;

    /// <summary>Makes the copy.</summary>
    /// <param name="project">The test project.</param>
    /// <param name="configuration">The configuration in which it was built.</param>
    /// <param name="parent">Where the copy goes.</param>
    public TestFolder(string project, string configuration, string parent)
    {
        _project = project;
        _folder = Path.Combine(parent, project);
        var output = SourceTree.PathOf($"tests/{project}/bin/{configuration}");
        var built = Directory.Exists(output) ? Directory.EnumerateFiles(output, $"{project}.dll", SearchOption.AllDirectories).FirstOrDefault() : null;
        var source = Path.GetDirectoryName(built) ?? throw new MutantException($"{project} is not built: {output} has no {project}.dll.");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>Replaces an assembly; the one that was replaced before is put back.</summary>
    public void Replace(string assembly, string path)
    {
        Restore();
        var place = Path.Combine(_folder, $"{assembly}.dll");
        _replaced = place;
        File.Move(place, place + ".original");
        File.Copy(path, place);
    }

    /// <summary>Puts back what was replaced.</summary>
    public void Restore()
    {
        if (_replaced is { } place)
        {
            File.Move(place + ".original", place, overwrite: true);
            _replaced = null;
        }
    }

    /// <summary>Runs tests.</summary>
    /// <param name="tests">The tests, of this project.</param>
    /// <param name="stopsAtFirst">Whether one failure is enough.</param>
    /// <param name="timeout">After this time they have failed.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public async Task<TestRun> RunAsync(IEnumerable<TestName> tests, bool stopsAtFirst, TimeSpan timeout, CancellationToken cancellationToken)
    {
        List<string> arguments = ["exec", $"{_project}.dll", "-noLogo", "-noColor"];
        foreach (var test in tests.Distinct())
        {
            arguments.AddRange(["-method", $"*.{test.Class}.{test.Method}"]);
        }

        if (stopsAtFirst)
        {
            arguments.Add("-stopOnFail");
        }

        var (exitCode, output) = await Tool.RunAsync(_folder, timeout, arguments, cancellationToken);
        var total = Total().Match(output) is { Success: true } match ? int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 0;
        var failed = Failure().Matches(output).Select(failure => failure.Groups[1].Value).Distinct().ToArray();
        return exitCode is null ? new TestRun(total, ["none ended in time"], output)
            : total == 0 && exitCode != 0 ? new TestRun(total, ["the process ended"], output)
            : new TestRun(total, failed, output);
    }

    // "    Some.Namespace.Class.Method(argument: 1) [FAIL]"
    [GeneratedRegex(@"^\s*(?:[\w]+\.)*(\w+\.\w+)(?:\(.*)? \[FAIL\]\s*$", RegexOptions.Multiline)]
    private static partial Regex Failure();

    [GeneratedRegex(@"Total: (\d+)")]
    private static partial Regex Total();
}
