using System.IO.Compression;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RagCaching.Architecture.Tests;

/// <summary>A packed file, as <c>.ci/run</c> packs it.</summary>
internal sealed class PackedFile : IDisposable
{
    /// <summary>Gets the folder with the packed files; <see langword="null"/> where nothing was packed.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("RAGCACHING_PACKAGES");

    private readonly ZipArchive _archive;

    public PackedFile(string project, string extension = "nupkg")
    {
        Project = project;
        var path = Directory.EnumerateFiles(Folder!, $"{project}.*.{extension}").Single(file => char.IsAsciiDigit(Path.GetFileName(file)[project.Length + 1]));
        _archive = ZipFile.OpenRead(path);
    }

    public string Project { get; }

    public IEnumerable<string> Names => _archive.Entries.Select(entry => entry.FullName);

    public byte[] Read(string name)
    {
        using var stream = (_archive.GetEntry(name) ?? throw new FileNotFoundException($"{Project} has no {name}; it has {string.Join(", ", Names)}.")).Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    public string ReadText(string name) => new StreamReader(new MemoryStream(Read(name))).ReadToEnd();

    public XElement Metadata
    {
        get
        {
            var nuspec = XDocument.Parse(ReadText($"{Project}.nuspec")).Root!;
            return nuspec.Element(nuspec.Name.Namespace + "metadata")!;
        }
    }

    /// <summary>Gets the public and protected symbols of the packed assembly, by the ids of their documentation.</summary>
    public Dictionary<string, ISymbol> PublicSymbols()
    {
        var reference = MetadataReference.CreateFromImage(Read($"lib/net10.0/{Project}.dll"));
        var others = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetFileNameWithoutExtension(path) != Project).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("reader", references: [reference, .. others]);
        return SymbolsIn(((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!).GlobalNamespace).ToDictionary(symbol => symbol.GetDocumentationCommentId()!, StringComparer.Ordinal);
    }

    public void Dispose() => _archive.Dispose();

    private static IEnumerable<ISymbol> SymbolsIn(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamespaceSymbol space)
            {
                foreach (var symbol in SymbolsIn(space))
                {
                    yield return symbol;
                }
            }
            else if (member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)
            {
                yield return member;
                if (member is INamedTypeSymbol type)
                {
                    foreach (var symbol in SymbolsIn(type))
                    {
                        yield return symbol;
                    }
                }
            }
        }
    }
}
