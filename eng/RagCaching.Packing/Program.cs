using RagCaching.Packing;

// Makes what is packed out of what is built and written: the documentation of public members, and a README whose links lead somewhere.
const int BadUsage = 2;
switch (args)
{
    case ["docs", var assembly, var documentation, var references, var output]:
        var (kept, left) = PublicDocumentation.Write(assembly, documentation, File.ReadAllLines(references), output);
        Console.WriteLine($"{Path.GetFileName(documentation)}: {kept} public members are packed, {left} others are not.");
        return 0;
    case ["readme", var readme, var root, var output, var address]:
        PackageReadme.Write(readme, root, output, address);
        return 0;
    default:
        Console.Error.WriteLine("""
            Usage: RagCaching.Packing docs <assembly> <its XML file> <file with the paths of its references> <file to write>
                   RagCaching.Packing readme <README> <root of the repository> <file to write> <address of the files of the repository, or nothing>
            """);
        return BadUsage;
}
