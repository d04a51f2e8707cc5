using RagCaching.Packing;

namespace RagCaching.Architecture.Tests;

/// <summary>The README of a package leads into the repository, to pages and to the pictures themselves.</summary>
public sealed class PackageReadmeTests : IDisposable
{
    private const string Address = "https://github.com/owner/name/blob/abc";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ragcaching-readme-");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("[page](docs/page.md#place)", Address, "[page](https://github.com/owner/name/blob/abc/docs/page.md#place)")]
    [InlineData("![drawing](docs/page.md)", Address, "![drawing](https://raw.githubusercontent.com/owner/name/abc/docs/page.md)")]
    [InlineData("![drawing](docs/page.md)", "https://git.example/owner/name/blob/abc/", "![drawing](https://git.example/owner/name/raw/abc/docs/page.md)")]
    [InlineData("![drawing](docs/page.md)[page](docs/page.md)", "", "page (`docs/page.md`)")]
    [InlineData("[web](https://example.com \"title\") and `[a](b \"c\")`", Address, "[web](https://example.com \"title\") and `[a](b \"c\")`")]
    public void Write_ALink_LeadsIntoTheRepository(string text, string address, string expected) => Assert.Equal(expected, Write(text, address));

    [Theory]
    [InlineData("[page](docs/page.md \"title\")")]
    [InlineData("[page]\n\n[page]: docs/page.md")]
    [InlineData("[![drawing](https://example.com/x.svg)](docs/page.md \"title\")")]
    [InlineData("<img src=\"docs/page.md\">")]
    public void Write_ALinkInAnotherForm_IsRefused(string text) => Assert.Throws<InvalidDataException>(() => Write(text, Address));

    private string Write(string text, string address)
    {
        Directory.CreateDirectory(Path.Combine(_root.FullName, "docs"));
        File.WriteAllText(Path.Combine(_root.FullName, "docs/page.md"), "");
        var (readme, output) = (Path.Combine(_root.FullName, "README.md"), Path.Combine(_root.FullName, "packed/README.md"));
        File.WriteAllText(readme, text);
        PackageReadme.Write(readme, _root.FullName, output, address);
        return File.ReadAllText(output);
    }
}
