using System.Text.RegularExpressions;

namespace RagCaching.Packing;

/// <summary>A README for the page of a package, which has no files beside it: links lead into the repository.</summary>
internal static partial class PackageReadme
{
    /// <param name="readme">The README, with links relative to its folder.</param>
    /// <param name="root">The root of the repository.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="address">The address under which the files of the repository are; empty if none is known: links then are the names of the files, since one that leads nowhere is worse.</param>
    public static void Write(string readme, string root, string output, string address)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(readme))!;
        var text = RelativeLink.Replace(File.ReadAllText(readme), link =>
        {
            var target = link.Groups["target"].Value;
            var path = Path.GetRelativePath(root, Path.Combine(folder, target)).Replace('\\', '/');
            if (!Path.Exists(Path.Combine(root, path)))
            {
                throw new FileNotFoundException($"{readme} links to {target}, which does not exist.", target);
            }

            var (mark, name, place) = (link.Groups["image"].Value, link.Groups["text"].Value, link.Groups["place"].Value);
            return address.Length > 0 ? $"{mark}[{name}]({address.TrimEnd('/')}/{path}{place})"
                : mark.Length > 0 ? ""
                : $"{name} (`{path}`)";
        });

        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        File.WriteAllText(output, text);
    }

    [GeneratedRegex(@"(?<image>!?)\[(?<text>[^\]]*)\]\((?!\w+:|#)(?<target>[^)#\s]+)(?<place>#[^)\s]*)?\)")]
    private static partial Regex RelativeLink { get; }
}
