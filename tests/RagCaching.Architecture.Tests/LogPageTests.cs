using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RagCaching.Architecture.Tests;

/// <summary>The page about telemetry lists every message that is logged, with its id and level, and no other.</summary>
public sealed class LogPageTests
{
    [Fact]
    public void Page_TableOfLogMessages_IsWhatIsLogged()
    {
        var logged = Floors.Projects.SelectMany(project => Repository.SourcesOf(project).SelectMany(file => MessagesOf(Repository.Read(project, file))));

        var documented = File.ReadLines(Path.Combine(Repository.Root, "docs/telemetry.md")).SkipWhile(line => line != "## Log messages").Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Select(cells => $"{cells[1]} {cells[2]}");
        Assert.Equal(logged.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("class Log { const int LostId = 7; [LoggerMessage(LostId, LogLevel.Error, \"Lost.\")] static partial void Lost(); }", "7 error")]
    [InlineData("class Log { [LoggerMessage(8, LogLevel.Debug, \"Found.\")] static partial void Found(); }", "8 debug")]
    public void MessagesOf_AnIdByNameOrByNumber_IsFound(string source, string expected) => Assert.Equal([expected], MessagesOf(source));

    private static IEnumerable<string> MessagesOf(string source)
    {
        foreach (var attribute in CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes().OfType<AttributeSyntax>().Where(attribute => attribute.Name.ToString() == "LoggerMessage"))
        {
            var constants = attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.Members.OfType<FieldDeclarationSyntax>().SelectMany(field => field.Declaration.Variables)
                .ToDictionary(variable => variable.Identifier.Text, variable => variable.Initializer?.Value.ToString() ?? "", StringComparer.Ordinal);
            var arguments = attribute.ArgumentList!.Arguments.Select(argument => argument.Expression.ToString()).ToArray();
            yield return $"{int.Parse(constants.GetValueOrDefault(arguments[0], arguments[0]), CultureInfo.InvariantCulture)} {arguments[1]["LogLevel.".Length..].ToLowerInvariant()}";
        }
    }
}
