using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RagCaching.Architecture.Tests;

/// <summary>Every public member that throws says what, and why.</summary>
public sealed class ExceptionDocumentationTests
{
    private static readonly Dictionary<string, string> Guards = new(StringComparer.Ordinal)
    {
        ["ArgumentNullException.ThrowIfNull"] = "ArgumentNullException",
        ["ArgumentException.ThrowIfNullOrEmpty"] = "ArgumentException",
        ["ArgumentException.ThrowIfNullOrWhiteSpace"] = "ArgumentException",
        ["ObjectDisposedException.ThrowIf"] = "ObjectDisposedException",
    };

    public static TheoryData<string> Projects => ["RagCaching", "RagCaching.Pipeline", "RagCaching.Agents", "RagCaching.Onnx", "RagCaching.Onnx.MiniLM", "RagCaching.Sqlite", "RagCaching.Redis", "RagCaching.Postgres", "RagCaching.DataProtection", "RagCaching.AspNetCore", "RagCaching.OpenTelemetry"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Member_ThatThrows_SaysWhat(string project)
    {
        var model = SourceModel.Of(project);
        var silent = new List<string>();
        foreach (var tree in model.Trees)
        {
            var semantics = model.Compilation.GetSemanticModel(tree);
            foreach (var member in tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<MemberDeclarationSyntax>())
            {
                if (member is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax
                    && semantics.GetDeclaredSymbol(member, TestContext.Current.CancellationToken) is { } symbol && IsVisible(symbol))
                {
                    var documented = DocumentedBy(symbol);
                    silent.AddRange(ThrownBy(member, semantics).Where(thrown => !documented.Any(name => Covers(name, thrown))).Select(thrown => $"{tree.FilePath}: {symbol.ToDisplayString()} does not say that it throws {thrown}"));
                }
            }
        }

        Assert.True(silent.Count == 0, $"{silent.Count} members:\n{string.Join('\n', silent.Distinct())}");
    }

    private static bool IsVisible(ISymbol symbol)
    {
        for (var current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected))
            {
                return false;
            }
        }

        return true;
    }

    // Its own throws; what it calls documents itself.
    private static IEnumerable<string> ThrownBy(MemberDeclarationSyntax member, SemanticModel semantics)
    {
        foreach (var node in member.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax))
        {
            var thrown = node switch
            {
                ThrowStatementSyntax { Expression: { } expression } => expression,
                ThrowExpressionSyntax expression => expression.Expression,
                _ => null,
            };
            if (thrown is not null && semantics.GetTypeInfo(thrown).Type is { } type)
            {
                yield return type.Name;
            }
            else if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access })
            {
                var call = $"{access.Expression}.{access.Name.Identifier.Text}";
                if (Guards.TryGetValue(call, out var exception))
                {
                    yield return exception;
                }
                else if (call.StartsWith("ArgumentOutOfRangeException.Throw", StringComparison.Ordinal))
                {
                    yield return "ArgumentOutOfRangeException";
                }
            }
        }
    }

    private static HashSet<string> DocumentedBy(ISymbol symbol)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (symbol.GetDocumentationCommentXml(expandIncludes: true) is { Length: > 0 } xml)
        {
            var root = XElement.Parse(xml);
            names.UnionWith(root.Descendants("exception").Select(exception => exception.Attribute("cref")!.Value.Split('.')[^1]));
            if (root.Descendants("inheritdoc").Any())
            {
                foreach (var inherited in InheritedBy(symbol))
                {
                    names.UnionWith(DocumentedBy(inherited));

                    // What is inherited from a library is documented there.
                    if (inherited.DeclaringSyntaxReferences.IsEmpty)
                    {
                        names.Add("Exception");
                    }
                }
            }
        }

        return names;
    }

    private static IEnumerable<ISymbol> InheritedBy(ISymbol symbol)
    {
        if ((symbol as IMethodSymbol)?.OverriddenMethod is { } method)
        {
            yield return method;
        }

        foreach (var member in symbol.ContainingType.AllInterfaces.SelectMany(type => type.GetMembers()))
        {
            if (SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol))
            {
                yield return member;
            }
        }
    }

    private static bool Covers(string documented, string thrown) =>
        documented == thrown || documented == "Exception"
        || (documented == "ArgumentException" && thrown is "ArgumentNullException" or "ArgumentOutOfRangeException" && documented == "ArgumentException");
}
