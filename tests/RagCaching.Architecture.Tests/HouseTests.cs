using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RagCaching.Architecture.Tests;

/// <summary>Rooms, files and constructors stay small enough to be read, and a type is where its namespace says.</summary>
public sealed class HouseTests
{
    private const int MostFilesInAFolder = 20;
    private const int MostLines = 360;
    private const int MostLinesInTheMedian = 60;
    private const int MostConstructorParameters = 7;
    private const int MostCatchAll = 22;

    public static TheoryData<string> Projects => [.. Floors.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folder_OfTheSources_IsNotCrowded(string project)
    {
        var crowded = Repository.SourcesOf(project).GroupBy(SourceModel.RoomOf).Where(room => room.Count() > MostFilesInAFolder).Select(room => $"{room.Key}: {room.Count()} files");

        Assert.Empty(crowded);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void File_OfTheSources_IsShort(string project)
    {
        var lengths = Repository.SourcesOf(project).Select(file => (file, Lines: Repository.Read(project, file).Count(character => character == '\n'))).OrderBy(file => file.Lines).ToArray();

        Assert.DoesNotContain(lengths, file => file.Lines > MostLines);
        Assert.InRange(lengths[lengths.Length / 2].Lines, 1, MostLinesInTheMedian);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Constructor_OfTheSources_TakesFewParameters(string project)
    {
        var long_ = SourceModel.Of(project).Trees.SelectMany(tree => tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes())
            .Select(node => node switch
            {
                ConstructorDeclarationSyntax constructor => (Name: constructor.Identifier.Text, constructor.ParameterList),
                ClassDeclarationSyntax { ParameterList: { } primary } type => (Name: type.Identifier.Text, primary),
                _ => (Name: "", null!),
            })
            .Where(constructor => constructor.Item2?.Parameters.Count > MostConstructorParameters)
            .Select(constructor => $"{constructor.Name} takes {constructor.Item2.Parameters.Count}");

        Assert.Empty(long_);
    }

    [Fact]
    public void CatchAll_InTheSources_IsRare()
    {
        var places = Floors.Projects.SelectMany(project => SourceModel.Of(project).Trees)
            .SelectMany(tree => tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<CatchDeclarationSyntax>().Where(catches => catches.Type.ToString() == "Exception").Select(_ => tree.FilePath))
            .ToArray();

        Assert.True(places.Length <= MostCatchAll, $"{places.Length} times catch (Exception); a FaultBarrier does it once:\n{string.Join('\n', places)}");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespace_OfAnInternalType_IsItsFolder(string project)
    {
        var strays = new List<string>();
        foreach (var tree in SourceModel.Of(project).Trees)
        {
            var root = tree.GetCompilationUnitRoot(TestContext.Current.CancellationToken);
            if (root.Members.OfType<FileScopedNamespaceDeclarationSyntax>().SingleOrDefault() is not { } space)
            {
                continue;
            }

            var isPublic = space.Members.OfType<MemberDeclarationSyntax>().Any(member => member.Modifiers.Any(SyntaxKind.PublicKeyword));
            var room = SourceModel.RoomOf(tree.FilePath);
            var expected = room.Length == 0 ? project : $"{project}.{room.Replace('/', '.')}";
            var name = space.Name.ToString();

            // What a host names is in the flat namespace, or in that of the type it extends.
            if (isPublic ? name != "RagCaching" && !name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && !name.StartsWith("Microsoft.Agents.", StringComparison.Ordinal) && name is not ("Microsoft.AspNetCore.Builder" or "OpenTelemetry.Metrics" or "OpenTelemetry.Trace") : name != expected && !IsPartOfAPublicType(space, name))
            {
                strays.Add($"{tree.FilePath} is in {name}");
            }
        }

        Assert.Empty(strays);
    }

    // Another file of a type that is public says so there.
    private static bool IsPartOfAPublicType(FileScopedNamespaceDeclarationSyntax space, string name) =>
        name == "RagCaching" && space.Members.OfType<TypeDeclarationSyntax>().All(type => type.Modifiers.Any(SyntaxKind.PartialKeyword));
}
