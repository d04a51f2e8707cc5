using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RagCaching.Mutants;
using RagCaching.Mutants.Lists;

namespace RagCaching.Architecture.Tests;

/// <summary>The lists of mutants stay true: each still changes what it says, and the tests that must notice exist. The mutants themselves are run by their own program.</summary>
public sealed class MutantListTests
{
    private const int FewestMutants = 60;

    private static readonly IReadOnlyList<Mutant> Mutants = MutantList.ReadAll();

    private static readonly Dictionary<string, ILookup<string, ClassDeclarationSyntax>> Classes =
        Mutants.SelectMany(mutant => mutant.Tests).Select(test => test.Project).Distinct().ToDictionary(project => project, ClassesOf);

    [Fact]
    public void EveryMutant_ChangesWhatIsThereOnce()
    {
        var stale = Mutants.Where(mutant => !File.Exists(SourceTree.PathOf(mutant.File)) || mutant.ApplyTo(File.ReadAllText(SourceTree.PathOf(mutant.File))) is null).Select(mutant => mutant.Id);

        Assert.Empty(stale);
    }

    [Fact]
    public void EveryMutant_NamesTestsThatExist()
    {
        var missing = Mutants.SelectMany(mutant => mutant.Tests.Where(test => !Exists(test)).Select(test => $"{mutant.Id}: {test.Project} {test.Class}.{test.Method}"));

        Assert.Empty(missing);
    }

    [Fact]
    public void EveryMutant_HasANameOfItsOwnAndThereAreEnough()
    {
        Assert.Equal(Mutants.Count, Mutants.Select(mutant => mutant.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.True(Mutants.Count >= FewestMutants, $"There are {Mutants.Count} mutants.");
    }

    [Fact]
    public void Read_List_TakesBlanksOffAndKeepsTheOrder()
    {
        var mutant = Assert.Single(MutantList.Read(
            "room", ["# note", "= It adds", "", "[wrong-sum]", "in src/RagCaching/Sum.cs", "-   a + b", "+ a - b", "- c", "+", "by RagCaching.Tests SumTests.Add_Two_Adds", "by Some.Other.Tests SumTests.Add_Three_Adds"]));

        Assert.Equal(("wrong-sum", "room", "It adds", "RagCaching"), (mutant.Id, mutant.Room, mutant.Behaviour, mutant.Project));
        Assert.Equal([new Edit("a + b", "a - b"), new Edit("c", "")], mutant.Edits);
        Assert.Equal([new TestName("RagCaching.Tests", "SumTests", "Add_Two_Adds"), new TestName("Some.Other.Tests", "SumTests", "Add_Three_Adds")], mutant.Tests);
        Assert.Equal("x = a - b;", mutant.ApplyTo("x = a + bc;"));
        Assert.Null(mutant.ApplyTo("x = a + b;"));
        Assert.Null(mutant.ApplyTo("x = a + b + a + b; c"));
    }

    [Theory]
    [InlineData("[a]")]
    [InlineData("= b|[a]|in src/RagCaching/A.cs|- x|by T C.M")]
    [InlineData("= b|[a]|in src/RagCaching/A.cs|+ x|- x|by T C.M")]
    [InlineData("= b|[a]|in src/RagCaching/A.cs|-|+ x|by T C.M")]
    [InlineData("= b|[a]|in src/RagCaching/A.cs|- x|+ y")]
    [InlineData("= b|[a]|in A.cs|- x|+ y|by T C.M")]
    [InlineData("= b|[a]|in src/RagCaching/A.cs|- x|+ y|by T C")]
    [InlineData("= b|[a]|in src/RagCaching/A.cs|- x|+ y|by C.M")]
    [InlineData("= b|[a]|what is this")]
    public void Read_LineThatIsNone_NamesItsPlace(string lines) =>
        Assert.Contains("room.txt:", Assert.Throws<MutantException>(() => MutantList.Read("room", lines.Split('|'))).Message, StringComparison.Ordinal);

    // A test may be in the base of its class, as those are that every store inherits.
    private static bool Exists(TestName test) => Classes[test.Project][test.Class].Any(type =>
        type.Members.OfType<MethodDeclarationSyntax>().Any(method => method.Identifier.Text == test.Method && method.AttributeLists.Count > 0)
        || type.BaseList?.Types.Any(parent => Exists(test with { Class = parent.Type.ToString() })) == true);

    private static ILookup<string, ClassDeclarationSyntax> ClassesOf(string project) =>
        Directory.EnumerateFiles(SourceTree.PathOf($"tests/{project}"), "*Tests*.cs", SearchOption.AllDirectories)
            .SelectMany(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>())
            .ToLookup(type => type.Identifier.Text, StringComparer.Ordinal);
}
