using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RagCaching.Packing;

/// <summary>The documentation of what users of an assembly can name. The compiler writes that of everything that has a comment.</summary>
internal static class PublicDocumentation
{
    public static (int Kept, int Left) Write(string assembly, string documentation, IEnumerable<string> references, string output)
    {
        var subject = MetadataReference.CreateFromFile(assembly);
        var compilation = CSharpCompilation.Create("documented", references: [subject, .. references.Where(path => path.Length > 0).Select(path => MetadataReference.CreateFromFile(path))]);
        var described = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(subject)!;

        var file = XDocument.Load(documentation, LoadOptions.PreserveWhitespace);
        var members = file.Root!.Element("members")!.Elements("member").ToArray();
        var others = members.Where(member => !IsPublic(member.Attribute("name")!.Value, compilation, described)).ToArray();
        foreach (var member in others)
        {
            // The line break before it goes with it.
            (member.PreviousNode as XText)?.Remove();
            member.Remove();
        }

        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        file.Save(output, SaveOptions.DisableFormatting);
        return (members.Length - others.Length, others.Length);
    }

    private static bool IsPublic(string id, Compilation compilation, IAssemblySymbol described) => DocumentationCommentId.GetSymbolsForDeclarationId(id, compilation)
        .Any(symbol => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, described) && IsVisible(symbol));

    private static bool IsVisible(ISymbol symbol)
    {
        for (var current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }
}
