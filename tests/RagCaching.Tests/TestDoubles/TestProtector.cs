namespace RagCaching.Tests.TestDoubles;

/// <summary>A real protector whose faults a test sets.</summary>
internal sealed class TestProtector : IPayloadProtector
{
    private readonly AesGcmPayloadProtector _inner;

    public TestProtector(string? key = null)
    {
        Options = new AesGcmProtectionOptions();
        Options.Keys.Add("test", key ?? Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)));
        _inner = new AesGcmPayloadProtector(Options);
    }

    public AesGcmProtectionOptions Options { get; }

    /// <summary>Gets or sets what protecting throws.</summary>
    public Exception? ProtectFault { get; set; }

    /// <summary>Gets or sets what opening throws.</summary>
    public Exception? UnprotectFault { get; set; }

    public byte[] Protect(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> context) => ProtectFault is { } fault ? throw fault : _inner.Protect(payload, context);

    public byte[]? TryUnprotect(ReadOnlySpan<byte> protectedPayload, ReadOnlySpan<byte> context) => UnprotectFault is { } fault ? throw fault : _inner.TryUnprotect(protectedPayload, context);
}
