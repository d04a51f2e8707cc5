using System.Reflection;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using RagCaching.Mutants.Lists;

namespace RagCaching.Mutants.Running;

/// <summary>A project under src, compiled in memory as the build does it: one mutant more is one file parsed again.</summary>
internal sealed class SourceProject
{
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromMinutes(5);

    private readonly CSharpCommandLineArguments _arguments;
    private readonly CSharpCompilation _compilation;
    private GeneratorDriver _generators;

    private SourceProject(string name, CSharpCommandLineArguments arguments)
    {
        Name = name;
        _arguments = arguments;

        // A mutant may leave something unused: only what is no program at all is invalid.
        var options = arguments.CompilationOptions.WithGeneralDiagnosticOption(ReportDiagnostic.Default).WithSpecificDiagnosticOptions([]);
        _compilation = CSharpCompilation.Create(
            arguments.CompilationName,
            arguments.SourceFiles.Select(file => Parse(Path.GetFullPath(file.Path, arguments.BaseDirectory!))),
            arguments.ResolveMetadataReferences(new FileReferences(arguments.BaseDirectory!)),
            options);
        _generators = CSharpGeneratorDriver.Create(
            arguments.AnalyzerReferences.SelectMany(analyzer => new AnalyzerFileReference(analyzer.FilePath, Loader.Instance).GetGenerators(LanguageNames.CSharp)),
            parseOptions: arguments.ParseOptions);
    }

    /// <summary>Gets the name of the project, which is that of its assembly.</summary>
    public string Name { get; }

    /// <summary>Asks the build how it compiles a project. The project must have been built.</summary>
    public static async Task<SourceProject> OpenAsync(string name, string configuration, CancellationToken cancellationToken)
    {
        var folder = SourceTree.PathOf($"src/{name}");
        string[] query =
        [
            "msbuild", $"{name}.csproj", "-nologo", "-t:PrepareResources;Compile;CoreCompile", "-getItem:CscCommandLineArgs", $"-p:Configuration={configuration}", "-p:BuildProjectReferences=false",
            "-p:ProvideCommandLineArgs=true", "-p:SkipCompilerExecution=true", "-p:NonExistentFile=__none__",
        ];
        var (exitCode, output) = await Tool.RunAsync(folder, QueryTimeout, query, cancellationToken);
        if (exitCode != 0)
        {
            throw new MutantException($"The build does not say how it compiles {name}:\n{output}");
        }

        using var answer = JsonDocument.Parse(output);
        var lines = answer.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);
        return new SourceProject(name, CSharpCommandLineParser.Default.Parse(lines, folder, sdkDirectory: null));
    }

    /// <summary>Compiles the project, with one file changed or as it is.</summary>
    /// <param name="file">The full path of the file; <see langword="null"/> for none.</param>
    /// <param name="text">Its text.</param>
    /// <param name="destination">Where the assembly is written.</param>
    /// <returns>The first error; <see langword="null"/> where there is none.</returns>
    public string? Compile(string? file, string text, string destination)
    {
        var compilation = _compilation;
        if (file is not null)
        {
            var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == file);
            compilation = compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text, tree.Encoding)));
        }

        _generators = _generators.RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        using var assembly = File.Create(destination);
        var resources = _arguments.ManifestResources;
        return generated.Emit(assembly, manifestResources: resources, options: _arguments.EmitOptions).Diagnostics
            .FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)?.ToString();
    }

    private SyntaxTree Parse(string path)
    {
        using var stream = File.OpenRead(path);
        return CSharpSyntaxTree.ParseText(SourceText.From(stream, canBeEmbedded: false), _arguments.ParseOptions, path);
    }

    private sealed class FileReferences(string folder) : MetadataReferenceResolver
    {
        public override bool Equals(object? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => 0;

        public override System.Collections.Immutable.ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
            [MetadataReference.CreateFromFile(Path.GetFullPath(reference, folder), properties)];
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public static Loader Instance { get; } = new();

        public void AddDependencyLocation(string fullPath)
        {
            // Generators come with what they need beside them.
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
