using System.Security.Cryptography;

namespace RagCaching.FetchData.Sources;

/// <summary>Downloads files, and keeps none whose digest is another.</summary>
internal sealed class Downloads(HttpClient client, long mostBytes = 1L << 28)
{
    private const int BufferSize = 1 << 16;

    public async Task<int> RunAsync(string folder, IEnumerable<DataSet> sets, bool isDryRun, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var set in sets)
        {
            output.WriteLine($"{set.Name}: {set.Licence}");
            foreach (var file in set.Files)
            {
                var target = Path.Combine(folder, set.Name, "source", file.Name);
                output.WriteLine($"  {set.AddressOf(file)} -> {target}");
                if (!isDryRun)
                {
                    await FetchAsync(set.AddressOf(file), file.Sha256, target, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return 0;
    }

    /// <summary>Downloads a file, unless it is there.</summary>
    /// <exception cref="InvalidDataException">It is another file, or too long.</exception>
    public async Task FetchAsync(Uri address, string? digest, string target, CancellationToken cancellationToken)
    {
        if (File.Exists(target))
        {
            using var present = File.OpenRead(target);
            Check(present, target, digest, "has");
            return;
        }

        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await WholeFile.WriteAsync(target, file => CopyAsync(address, body, file, cancellationToken), file => Check(file, target, digest, "would have")).ConfigureAwait(false);
    }

    private static void Check(Stream file, string target, string? digest, string has)
    {
        var found = Convert.ToHexStringLower(SHA256.HashData(file));
        if (digest is not null && found != digest)
        {
            throw new InvalidDataException($"{target} {has} the SHA-256 {found}, and must have {digest}.");
        }
    }

    private async Task CopyAsync(Uri address, Stream body, Stream file, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        while (await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            if (file.Position + count > mostBytes)
            {
                throw new InvalidDataException($"{address} has more than the {mostBytes} bytes that are taken.");
            }

            await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }
    }
}
