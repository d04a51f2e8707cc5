using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace RagCaching.AspNetCore.Page;

/// <summary>The page, with a policy that lets the browser run what is in it and nothing else.</summary>
internal static class OwnerPage
{
    private static readonly Lazy<(byte[] Bytes, string Policy)> Content = new(Read);

    public static Task WriteAsync(HttpContext context)
    {
        var (bytes, policy) = Content.Value;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.ContentSecurityPolicy = policy;
        context.Response.Headers.XFrameOptions = "DENY";
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    private static (byte[] Bytes, string Policy) Read()
    {
        using var stream = typeof(OwnerPage).Assembly.GetManifestResourceStream("RagCaching.AspNetCore.Page.owner.html")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);

        // Browsers read line ends as LF, and the digests are of what they read.
        var html = reader.ReadToEnd().ReplaceLineEndings("\n");
        var policy = $"default-src 'none'; script-src {DigestOf(html, "script")}; style-src {DigestOf(html, "style")}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return (Encoding.UTF8.GetBytes(html), policy);
    }

    private static string DigestOf(string html, string element)
    {
        var start = html.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        var text = html[start..html.IndexOf($"</{element}>", start, StringComparison.Ordinal)];
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
    }
}
