using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RagCaching.Architecture.Tests;

/// <summary>The sources of a shipped project, compiled in memory so that every name is bound to what it means.</summary>
/// <remarks>What source generators add is missing. Nothing of it points anywhere that the sources themselves do not.</remarks>
internal sealed class SourceModel
{
    private const string GlobalUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly ConcurrentDictionary<string, SourceModel> Models = new(StringComparer.Ordinal);

    private SourceModel(string project)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        Trees = [.. Repository.SourcesOf(project).Select(file => CSharpSyntaxTree.ParseText(Repository.Read(project, file), options, file))];
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != project)
            .Select(path => MetadataReference.CreateFromFile(path));
        Compilation = CSharpCompilation.Create(
            project,
            [.. Trees, CSharpSyntaxTree.ParseText(GlobalUsings, options)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    public IReadOnlyList<SyntaxTree> Trees { get; }

    public CSharpCompilation Compilation { get; }

    public static SourceModel Of(string project) => Models.GetOrAdd(project, static name => new SourceModel(name));

    /// <summary>Gets the file that declares a type of the project; <see langword="null"/> for any other type.</summary>
    public static string? FileOf(INamedTypeSymbol type)
    {
        var outermost = type.OriginalDefinition;
        while (outermost.ContainingType is { } container)
        {
            outermost = container;
        }

        return outermost.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.FilePath).Where(path => path.Length > 0).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>Gets the room of a file: its folder.</summary>
    public static string RoomOf(string file) => Path.GetDirectoryName(file)!.Replace('\\', '/');
}
