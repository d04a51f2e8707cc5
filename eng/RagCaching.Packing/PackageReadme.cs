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
        var pictures = PicturesAt(address.TrimEnd('/'));
        var text = RelativeLink.Replace(File.ReadAllText(readme), link =>
        {
            var target = link.Groups["target"].Value;
            var path = Path.GetRelativePath(root, Path.Combine(folder, target)).Replace('\\', '/');
            if (!Path.Exists(Path.Combine(root, path)))
            {
                throw new FileNotFoundException($"{readme} links to {target}, which does not exist.", target);
            }

            var (mark, name, place) = (link.Groups["image"].Value, link.Groups["text"].Value, link.Groups["place"].Value);
            return address.Length > 0 ? $"{mark}[{name}]({(mark.Length > 0 ? pictures : address.TrimEnd('/'))}/{path}{place})"
                : mark.Length > 0 ? ""
                : $"{name} (`{path}`)";
        });

        if (Leftover.Match(Fence.Replace(text, "")) is { Success: true } left)
        {
            throw new InvalidDataException($"{readme} has a relative link in a form that cannot be made to lead into the repository: '{left.Value.Trim()}'. Write it as [text](file).");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        File.WriteAllText(output, text);
    }

    // Under the address of a file GitHub shows a page about it. Galleries show pictures from the host of the files alone.
    private static string PicturesAt(string address) => address.StartsWith("https://github.com/", StringComparison.Ordinal)
        ? address.Replace("https://github.com/", "https://raw.githubusercontent.com/", StringComparison.Ordinal).Replace("/blob/", "/", StringComparison.Ordinal)
        : address.Replace("/blob/", "/raw/", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<image>!?)\[(?<text>[^\]]*)\]\((?!\w+:|#)(?<target>[^)#\s]+)(?<place>#[^)\s]*)?\)")]
    private static partial Regex RelativeLink { get; }

    // Links with a title, of a picture or to a place that is named elsewhere, and those of HTML.
    [GeneratedRegex(@"\]\(\s*(?!\w+:|#)[^)]*\)|^ {0,3}\[[^\]]+\]:\s*(?!\w+:|#)\S+|(?:src|href)=[""'](?!\w+:|#)[^""']*", RegexOptions.Multiline)]
    private static partial Regex Leftover { get; }

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence { get; }
}
