using System.Buffers.Binary;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace RagCaching.Architecture.Tests;

/// <summary>What users restore: the packed files in the folder that <c>RAGCACHING_PACKAGES</c> names, as <c>.ci/run</c> packs them.</summary>
public sealed partial class PackageTests
{
    private const int IconSize = 128;
    private const int MostIconBytes = 20_480;

    private static readonly string[] WithForeignContent = ["RagCaching.Onnx", "RagCaching.Onnx.MiniLM"];

    public static TheoryData<string> Projects => [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Package_WhatItSaysOfItself_IsComplete(string project)
    {
        using var package = Open(project);
        var metadata = package.Metadata;
        string? Of(string name) => metadata.Element(metadata.Name.Namespace + name)?.Value;

        Assert.Equal((project, "README.md", "icon.png"), (Of("id"), Of("readme"), Of("icon")));
        Assert.All((string[])["description", "authors", "tags", "license"], name => Assert.False(string.IsNullOrWhiteSpace(Of(name)), name));
        Assert.Contains("LICENSE", package.Names);
        Assert.Equal(WithForeignContent.Contains(project), package.Names.Contains("THIRD-PARTY-NOTICES.txt"));

        var icon = package.Read("icon.png");
        Assert.InRange(icon.Length, 100, MostIconBytes);
        Assert.Equal((IconSize, IconSize), (BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20))));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Readme_OfAPackage_HasNoLinkThatLeadsNowhere(string project)
    {
        using var package = Open(project);
        var text = package.ReadText("README.md");

        Assert.StartsWith($"# {project}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Link.Matches(text).Select(link => link.Groups["target"].Value), target => !target.StartsWith("https://", StringComparison.Ordinal) && !target.StartsWith('#'));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Pictures_OfAReadme_AreFilesAndNoPagesAboutThem(string project)
    {
        using var package = Open(project);

        Assert.DoesNotContain(Picture.Matches(package.ReadText("README.md")).Select(picture => picture.Groups["target"].Value), target => target.StartsWith("https://github.com/", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Dependencies_OnPackagesWhoseInternalsAreUsed_AreExact(string project)
    {
        using var package = Open(project);
        var internals = Projects.Select(row => row.Data).Where(other => XDocument.Load(Path.Combine(Repository.Root, "src", other, $"{other}.csproj")).Descendants("InternalsVisibleTo").Any(friend => friend.Attribute("Include")!.Value == project));
        var dependencies = package.Metadata.Descendants().Where(element => element.Name.LocalName == "dependency").ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value, StringComparer.Ordinal);

        Assert.All(internals, other => Assert.Matches(@"^\[[^,]+\]$", dependencies[other]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Assembly_OfAPackage_IsReproducibleAndHasSymbols(string project)
    {
        using var package = Open(project);
        using var symbols = Open(project, "snupkg");
        using var assembly = new PEReader(new MemoryStream(package.Read($"lib/net10.0/{project}.dll")));

        Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        Assert.Contains($"lib/net10.0/{project}.pdb", symbols.Names);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Documentation_OfAPackage_HasEveryPublicMemberAndNoOther(string project)
    {
        using var package = Open(project);
        var symbols = package.PublicSymbols();
        var members = XDocument.Parse(package.ReadText($"lib/net10.0/{project}.xml")).Root!.Element("members")!.Elements("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

        Assert.NotEmpty(members);
        Assert.Empty(members.Keys.Except(symbols.Keys));
        Assert.Empty(symbols.Where(symbol => !members.ContainsKey(symbol.Key) && !IsWrittenByTheCompiler(symbol.Value)).Select(symbol => symbol.Key));

        // What is inherited has to be there for the editor that reads it: public, too.
        Assert.Empty(members.Where(member => member.Value.Element("inheritdoc") is { } inherits && inherits.Attribute("cref") is null && !InheritsFromPublic(symbols[member.Key])).Select(member => member.Key));
    }

    private static PackedFile Open(string project, string extension = "nupkg")
    {
        Assert.SkipWhen(PackedFile.Folder is null, "Nothing was packed: set RAGCACHING_PACKAGES to the folder with the packed files.");
        return new PackedFile(project, extension);
    }

    // Members of records and enumerations, accessors, and constructors that nobody wrote.
    private static bool IsWrittenByTheCompiler(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0 } => true,
        IMethodSymbol { MethodKind: not MethodKind.Ordinary and not MethodKind.Constructor and not MethodKind.UserDefinedOperator and not MethodKind.Conversion } => true,
        _ => IsMarked(symbol) || (symbol is IPropertySymbol { Name: "EqualityContract" }),
    } || (symbol.ContainingType is { } type && type.GetMembers("PrintMembers").Length + type.GetMembers("<Clone>$").Length > 0 && symbol is IMethodSymbol);

    private static bool IsMarked(ISymbol symbol) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute");

    private static bool InheritsFromPublic(ISymbol symbol)
    {
        if (symbol is INamedTypeSymbol named)
        {
            return named.BaseType is { DeclaredAccessibility: Accessibility.Public, SpecialType: SpecialType.None } || named.Interfaces.Any(type => type.DeclaredAccessibility == Accessibility.Public);
        }

        var overridden = symbol switch
        {
            IMethodSymbol method => (ISymbol?)method.OverriddenMethod,
            IPropertySymbol property => property.OverriddenProperty,
            _ => null,
        };
        return overridden is not null
            || symbol.ContainingType.AllInterfaces.Where(type => type.DeclaredAccessibility == Accessibility.Public).SelectMany(type => type.GetMembers(symbol.Name)).Any();
    }

    [GeneratedRegex(@"!\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Picture { get; }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link { get; }
}
