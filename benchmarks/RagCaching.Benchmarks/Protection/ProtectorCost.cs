using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace RagCaching.Benchmarks.Protection;

/// <summary>What it takes to protect and open two kilobytes, in turns: the platform's AES-GCM with a cipher at hand, this library's protector, and ASP.NET Core Data Protection.</summary>
internal static class ProtectorCost
{
    private const int Rounds = 21;
    private const int CallsPerRound = 2_000;

    private static readonly byte[] Payload = RandomNumberGenerator.GetBytes(2_048);
    private static readonly byte[] Context = RandomNumberGenerator.GetBytes(32);

    public static void Print(TextWriter output)
    {
        var options = new AesGcmProtectionOptions();
        options.AddRandomKey("main");
        using var aes = new AesGcmPayloadProtector(options);
        var dataProtection = new DataProtectionPayloadProtector(new EphemeralDataProtectionProvider());
        using var platform = new AesGcm(RandomNumberGenerator.GetBytes(32), 16);
        var (aesBytes, dataBytes) = (aes.Protect(Payload, Context), dataProtection.Protect(Payload, Context));
        var cases = new (string Name, int Added, Action Call)[]
        {
            ("platform AesGcm, encrypt", 28, () => Encrypt(platform)),
            ("AesGcmPayloadProtector.Protect", aesBytes.Length - Payload.Length, () => aes.Protect(Payload, Context)),
            ("AesGcmPayloadProtector.TryUnprotect", 0, () => aes.TryUnprotect(aesBytes, Context)),
            ("DataProtectionPayloadProtector.Protect", dataBytes.Length - Payload.Length, () => dataProtection.Protect(Payload, Context)),
            ("DataProtectionPayloadProtector.TryUnprotect", 0, () => dataProtection.TryUnprotect(dataBytes, Context)),
        };
        var times = cases.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round <= Rounds; round++)
        {
            for (var i = 0; i < cases.Length; i++)
            {
                var started = Stopwatch.GetTimestamp();
                for (var call = 0; call < CallsPerRound; call++)
                {
                    cases[i].Call();
                }

                times[i].Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds / CallsPerRound);
            }
        }

        // The first round is for compilation.
        var medians = times.Select(measured => measured.Skip(1).Order().ElementAt(Rounds / 2)).ToArray();
        for (var i = 0; i < cases.Length; i++)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cases[i].Name,-46} {medians[i],6:F2} µs  {medians[i] / medians[0],5:F1} ×  +{cases[i].Added} bytes"));
        }
    }

    private static byte[] Encrypt(AesGcm cipher)
    {
        var bytes = new byte[12 + Payload.Length + 16];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, 12));
        cipher.Encrypt(bytes.AsSpan(0, 12), Payload, bytes.AsSpan(12, Payload.Length), bytes.AsSpan(12 + Payload.Length), Context);
        return bytes;
    }
}
