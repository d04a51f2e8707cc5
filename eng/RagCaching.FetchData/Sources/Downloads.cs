using System.Security.Cryptography;

namespace RagCaching.FetchData.Sources;

/// <summary>Downloads files, and keeps none whose digest is another.</summary>
internal static class Downloads
{
    private const long MostBytes = 1L << 28;

    public static async Task<int> RunAsync(string folder, IEnumerable<DataSet> sets, bool isDryRun, TextWriter output)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(10) };
        foreach (var set in sets)
        {
            output.WriteLine($"{set.Name}: {set.Licence}");
            foreach (var file in set.Files)
            {
                var target = Path.Combine(folder, set.Name, "source", file.Name);
                output.WriteLine($"  {set.AddressOf(file)} -> {target}");
                if (!isDryRun && !File.Exists(target))
                {
                    await FetchAsync(client, set.AddressOf(file), file.Sha256, target).ConfigureAwait(false);
                }
            }
        }

        return 0;
    }

    private static async Task FetchAsync(HttpClient client, Uri address, string? digest, string target)
    {
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        if (response.Content.Headers.ContentLength > MostBytes)
        {
            throw new InvalidDataException($"{address} has {response.Content.Headers.ContentLength} bytes, and at most {MostBytes} are taken.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var part = target + ".part";
        using (var file = File.Create(part))
        {
            await response.Content.CopyToAsync(file).ConfigureAwait(false);
        }

        Keep(part, target, digest);
    }

    /// <summary>Gives a downloaded file its name if it is what was meant.</summary>
    /// <exception cref="InvalidDataException">It is another file.</exception>
    public static void Keep(string part, string target, string? digest)
    {
        string found;
        using (var file = File.OpenRead(part))
        {
            found = Convert.ToHexStringLower(SHA256.HashData(file));
        }

        if (digest is not null && found != digest)
        {
            File.Delete(part);
            throw new InvalidDataException($"{target} would have the SHA-256 {found}, and must have {digest}. It was not kept.");
        }

        File.Move(part, target, overwrite: true);
    }
}
