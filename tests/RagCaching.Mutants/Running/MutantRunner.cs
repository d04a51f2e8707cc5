using System.Runtime.CompilerServices;
using RagCaching.Mutants.Lists;

namespace RagCaching.Mutants.Running;

/// <summary>Compiles each mutant, puts it under its tests, and waits for one to fail. Nothing in the repository is changed.</summary>
internal sealed class MutantRunner : IDisposable
{
    // Longer than tests wait for something that does not happen, so that it is they who say so.
    private static readonly TimeSpan TestTimeout = TimeSpan.FromMinutes(2);

    // Within the repository, where tests find their tables, and ignored by it.
    private readonly string _work = Directory.CreateDirectory(SourceTree.PathOf($"artifacts/mutants-{Environment.ProcessId}")).FullName;
    private readonly Dictionary<string, SourceProject> _projects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TestFolder> _tests = new(StringComparer.Ordinal);
    private readonly string _configuration;

    private MutantRunner(string configuration) => _configuration = configuration;

    /// <summary>Prepares a run: every test that a mutant names must pass where nothing is changed, with assemblies that were compiled as those of the mutants are.</summary>
    /// <exception cref="MutantException">One does not pass, or is not there.</exception>
    public static async Task<MutantRunner> OpenAsync(IReadOnlyList<Mutant> mutants, string configuration, CancellationToken cancellationToken)
    {
        var runner = new MutantRunner(configuration);
        try
        {
            foreach (var project in mutants.Select(mutant => mutant.Project).Distinct())
            {
                runner._projects.Add(project, await SourceProject.OpenAsync(project, configuration, cancellationToken));
            }

            foreach (var group in mutants.SelectMany(mutant => mutant.Tests.Select(test => (test.Project, mutant))).GroupBy(pair => pair.Project, pair => pair.mutant))
            {
                await runner.CheckUnchangedAsync(group.Key, [.. group.Distinct()], cancellationToken);
            }

            return runner;
        }
        catch
        {
            runner.Dispose();
            throw;
        }
    }

    /// <summary>Runs mutants, one after the other: while one is tested, the next one is compiled.</summary>
    public async IAsyncEnumerable<Outcome> RunAsync(IReadOnlyList<Mutant> mutants, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = Task.Run(() => Compile(mutants[0], place: 0), cancellationToken);
        for (var i = 0; i < mutants.Count; i++)
        {
            var (assembly, failure) = await next;
            if (i + 1 < mutants.Count)
            {
                var following = i + 1;
                next = Task.Run(() => Compile(mutants[following], following % 2), cancellationToken);
            }

            yield return failure ?? await TestAsync(mutants[i], assembly, cancellationToken);
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_work, recursive: true);
        }
        catch (IOException)
        {
            // A test that hung may still hold a file for a moment; the folder is a temporary one.
        }
    }

    private (string Assembly, Outcome? Failure) Compile(Mutant mutant, int place)
    {
        var file = SourceTree.PathOf(mutant.File);
        var assembly = Path.Combine(_work, $"mutant-{place}.dll");
        if (mutant.ApplyTo(File.ReadAllText(file)) is not { } changed)
        {
            return (assembly, new Outcome(mutant, Verdict.Stale, "what it replaces is not there exactly once"));
        }

        return (assembly, _projects[mutant.Project].Compile(file, changed, assembly) is { } error ? new Outcome(mutant, Verdict.Invalid, error) : null);
    }

    private async Task<Outcome> TestAsync(Mutant mutant, string assembly, CancellationToken cancellationToken)
    {
        foreach (var tests in mutant.Tests.GroupBy(test => test.Project))
        {
            var folder = _tests[tests.Key];
            folder.Replace(mutant.Project, assembly);
            var run = await folder.RunAsync(tests, stopsAtFirst: true, TestTimeout, cancellationToken);
            folder.Restore();
            if (run.Failed.Count > 0)
            {
                return new Outcome(mutant, Verdict.Killed, run.Failed[0]);
            }
        }

        return new Outcome(mutant, Verdict.Survived, string.Join(", ", mutant.Tests.Select(test => $"{test.Class}.{test.Method}")));
    }

    private async Task CheckUnchangedAsync(string testProject, IReadOnlyList<Mutant> mutants, CancellationToken cancellationToken)
    {
        var folder = new TestFolder(testProject, _configuration, _work);
        _tests.Add(testProject, folder);
        foreach (var group in mutants.GroupBy(mutant => mutant.Project))
        {
            var assembly = Path.Combine(_work, "unchanged.dll");
            if (_projects[group.Key].Compile(file: null, text: "", assembly) is { } error)
            {
                throw new MutantException($"{group.Key} does not compile as it is: {error}");
            }

            folder.Replace(group.Key, assembly);
            var run = await folder.RunAsync(group.SelectMany(mutant => mutant.Tests).Where(test => test.Project == testProject), stopsAtFirst: false, TestTimeout * 5, cancellationToken);
            folder.Restore();
            if (run.Total == 0 || run.Failed.Count > 0)
            {
                throw new MutantException($"Of {run.Total} tests of {testProject} some do not pass where nothing is changed: {string.Join(", ", run.Failed)}\n{run.Output}");
            }
        }
    }
}
