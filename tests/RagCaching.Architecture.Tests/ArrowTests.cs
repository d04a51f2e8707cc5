using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RagCaching.Architecture.Tests;

/// <summary>Every reference to a type points to a room below, or stays in its room.</summary>
public sealed class ArrowTests
{
    public static TheoryData<string> Projects => ["RagCaching", "RagCaching.Pipeline", "RagCaching.Agents", "RagCaching.Onnx", "RagCaching.Onnx.MiniLM", "RagCaching.Sqlite", "RagCaching.Redis", "RagCaching.Postgres", "RagCaching.DataProtection", "RagCaching.AspNetCore", "RagCaching.OpenTelemetry"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folder_EachWithFiles_HasAFloor(string project)
    {
        var rooms = Repository.SourcesOf(project).Select(SourceModel.RoomOf).Distinct().Order(StringComparer.Ordinal);

        Assert.Empty(rooms.Except(Floors.Of(project)));
        Assert.Empty(Floors.Of(project).Except(rooms));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Type_InSeveralFiles_LiesInOneRoom(string project)
    {
        var split = SourceModel.Of(project).Compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type, TestContext.Current.CancellationToken)
            .Select(type => (type, Rooms: type.DeclaringSyntaxReferences.Select(reference => SourceModel.RoomOf(reference.SyntaxTree.FilePath)).Distinct().ToArray()))
            .Where(found => found.Rooms.Length > 1)
            .Select(found => $"{found.type} lies in {string.Join(" and ", found.Rooms)}");

        Assert.Empty(split);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Reference_BetweenRooms_PointsDownwards(string project)
    {
        var floors = Floors.Of(project).Select((room, floor) => (room, floor)).ToDictionary(pair => pair.room, pair => pair.floor);
        var model = SourceModel.Of(project);

        var upward = ReferencesOf(model)
            .Where(reference => floors[SourceModel.RoomOf(reference.From)] > floors[SourceModel.RoomOf(reference.To)])
            .Select(reference => $"{reference.From} uses {reference.Type}, which lies above in {reference.To}")
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToArray();

        Assert.True(upward.Length == 0, $"{upward.Length} references point upwards:\n{string.Join('\n', upward)}");
    }

    [Fact]
    public void Reference_InMethodBodiesAndSignatures_IsFound()
    {
        // The test above is worth as much as what it sees: a type that is only inferred, an extension method, a base type.
        var references = ReferencesOf(SourceModel.Of("RagCaching")).ToHashSet();

        Assert.Contains(("Semantic/SemanticCache.cs", "Semantic/Storing/AnswerStorage.cs", "AnswerStorage"), references);
        Assert.Contains(("Contract/SemanticCacheQuery.cs", "Contract/CacheScope.cs", "CacheScope"), references);
        Assert.Contains(("Chat/Helpers/OwnCalls.cs", "Chat/SemanticCacheChatExtensions.Options.cs", "SemanticCacheChatExtensions"), references);
        Assert.Contains(("Comparers/ShortAnswerComparer.cs", "Contract/Decisions/IAnswerComparer.cs", "IAnswerComparer"), references);
    }

    private static IEnumerable<(string From, string To, string Type)> ReferencesOf(SourceModel model)
    {
        foreach (var tree in model.Trees)
        {
            var semantics = model.Compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes())
            {
                if (node is not (SimpleNameSyntax or BaseObjectCreationExpressionSyntax) || semantics.GetSymbolInfo(node, TestContext.Current.CancellationToken).Symbol is not { } symbol)
                {
                    continue;
                }

                foreach (var type in TypesOf(symbol))
                {
                    if (SourceModel.FileOf(type) is { } file && file != tree.FilePath)
                    {
                        yield return (tree.FilePath, file, type.OriginalDefinition.Name);
                    }
                }
            }
        }
    }

    // Of a member both the type that has it and the type that it yields: "var" hides the second.
    private static IEnumerable<INamedTypeSymbol> TypesOf(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => [type],
        IMethodSymbol method => Named(method.ReducedFrom?.ContainingType ?? method.ContainingType).Concat(Named(method.ReturnType)),
        IPropertySymbol property => Named(property.ContainingType).Concat(Named(property.Type)),
        IFieldSymbol field => Named(field.ContainingType).Concat(Named(field.Type)),
        IEventSymbol @event => Named(@event.ContainingType),
        ILocalSymbol local => Named(local.Type),
        _ => [],
    };

    private static IEnumerable<INamedTypeSymbol> Named(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol named => named.TypeArguments.SelectMany(Named).Prepend(named),
        IArrayTypeSymbol array => Named(array.ElementType),
        _ => [],
    };
}
