using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Protection;

public sealed class AesGcmPayloadProtectorTests : IDisposable
{
    private static readonly byte[] Context = SHA256.HashData("a context"u8);
    private static readonly byte[] Payload = [.. "a payload of some length, with a 🔑 in it"u8];

    private readonly AesGcmProtectionOptions _options = new();
    private readonly AesGcmPayloadProtector _protector;

    public AesGcmPayloadProtectorTests()
    {
        _options.AddRandomKey("first");
        _protector = new AesGcmPayloadProtector(_options);
    }

    public void Dispose() => _protector.Dispose();

    private static AesGcmPayloadProtector With(string? current, params (string Id, string Key)[] keys)
    {
        var options = new AesGcmProtectionOptions { CurrentKeyId = current };
        foreach (var (id, key) in keys)
        {
            options.Keys.Add(id, key);
        }

        return new AesGcmPayloadProtector(options);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2_048)]
    [InlineData(1_000_003)]
    public void TryUnprotect_WhatWasProtected_IsThePayload(int length)
    {
        var payload = RandomNumberGenerator.GetBytes(length);

        var bytes = _protector.Protect(payload, Context);

        Assert.Equal(payload, _protector.TryUnprotect(bytes, Context));
        Assert.Equal(length + 34 + "first".Length, bytes.Length);
    }

    [Fact]
    public void Protect_TheSameTwice_IsAnotherCiphertext() => Assert.NotEqual(_protector.Protect(Payload, Context), _protector.Protect(Payload, Context));

    [Fact]
    public void Protect_Payload_HasNothingOfItInPlainText()
    {
        var bytes = _protector.Protect(Payload, Context);

        Assert.Equal(-1, bytes.AsSpan().IndexOf(Payload.AsSpan(0, 8)));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Context.AsSpan(0, 8)));
    }

    [Fact]
    public void TryUnprotect_EverySingleBitFlipped_IsRefused()
    {
        var bytes = _protector.Protect(Payload, Context);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(_protector.TryUnprotect(changed, Context));
        }
    }

    [Fact]
    public void TryUnprotect_EveryTruncationAndAppendix_IsRefused()
    {
        var bytes = _protector.Protect(Payload, Context);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(_protector.TryUnprotect(bytes.AsSpan(0, length), Context));
            Assert.Null(_protector.TryUnprotect(bytes.AsSpan(bytes.Length - length), Context));
        }

        Assert.Null(_protector.TryUnprotect([.. bytes, 0], Context));
    }

    [Fact]
    public void TryUnprotect_AnotherContext_IsRefused()
    {
        var bytes = _protector.Protect(Payload, Context);

        Assert.Null(_protector.TryUnprotect(bytes, SHA256.HashData("another"u8)));
        Assert.Null(_protector.TryUnprotect(bytes, Context.AsSpan(1)));
        Assert.Null(_protector.TryUnprotect(bytes, []));
        Assert.Null(_protector.TryUnprotect(bytes, new byte[5_000]));
    }

    [Fact]
    public void TryUnprotect_ManyWrongBytes_AllocatesNothingForThem()
    {
        // A length that is claimed and not there must not be believed: a long key id, and a body that is too short for its tag.
        byte[] claims = [.. "RAGP"u8, 1, 255, .. new byte[40]];
        byte[] shortBody = [.. "RAGP"u8, 1, 5, .. "first"u8, .. new byte[27]];
        _ = _protector.TryUnprotect(claims, Context);
        _ = _protector.TryUnprotect(shortBody, Context);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            _ = _protector.TryUnprotect(claims, Context);
            _ = _protector.TryUnprotect(shortBody, Context);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    [Fact]
    public void Protect_TwoKilobytes_AllocatesTheResultAndNothingElse()
    {
        var payload = new byte[2_048];
        var bytes = _protector.Protect(payload, Context);
        _ = _protector.TryUnprotect(bytes, Context);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _ = _protector.TryUnprotect(_protector.Protect(payload, Context), Context);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * (bytes.Length + payload.Length + 64));
    }

    [Fact]
    public void TryUnprotect_AfterARotation_ReadsWhatBothKeysWrote()
    {
        var (oldKey, newKey) = (_options.Keys["first"], Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var old = _protector.Protect(Payload, Context);
        using var prepared = With("first", ("first", oldKey), ("second", newKey));
        using var rotated = With("second", ("first", oldKey), ("second", newKey));
        using var done = With(null, ("second", newKey));

        var written = rotated.Protect(Payload, Context);

        Assert.Equal(Payload, rotated.TryUnprotect(old, Context));
        Assert.Equal(Payload, prepared.TryUnprotect(written, Context));
        Assert.Equal(Payload, done.TryUnprotect(written, Context));
        Assert.Null(done.TryUnprotect(old, Context));
        Assert.Null(_protector.TryUnprotect(written, Context));
    }

    [Fact]
    public void TryUnprotect_AnotherKeyUnderTheSameId_IsRefused()
    {
        using var other = With(null, ("first", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));

        Assert.Null(other.TryUnprotect(_protector.Protect(Payload, Context), Context));
    }

    [Fact]
    public void Protect_FromManyThreads_IsReadByAll()
    {
        Threads.Run(8, thread =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                byte[] payload = [(byte)thread, (byte)i, (byte)(i >> 8)];
                Assert.Equal(payload, _protector.TryUnprotect(_protector.Protect(payload, Context), Context));
            }
        });
    }

    [Theory]
    [InlineData("Keys", null, "", "")]
    [InlineData("CurrentKeyId", "third", "first", "second")]
    [InlineData("CurrentKeyId", null, "first", "second")]
    [InlineData("Keys", null, "an id with blanks", "")]
    [InlineData("Keys", null, "an-id-of-more-than-thirty-two-characters", "")]
    [InlineData("Keys", null, "schlüssel", "")]
    public void Constructor_WrongIds_AreRefusedWithTheNameOfTheOption(string option, string? current, string first, string second)
    {
        var keys = new[] { first, second }.Where(id => id.Length > 0).Select(id => (id, Convert.ToBase64String(new byte[32]))).ToArray();

        var exception = Assert.Throws<OptionsValidationException>(() => With(current, keys));

        Assert.Contains(option, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64 !")]
    [InlineData("c2hvcnQ=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Constructor_WrongKey_IsRefusedWithoutRepeatingIt(string key)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => With(null, ("first", key)));

        Assert.Contains("Keys", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'first'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("32 bytes", exception.Message, StringComparison.Ordinal);
        Assert.True(key.Length == 0 || !exception.Message.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public void AddRandomKey_TheSameIdTwice_IsRefused() => Assert.Throws<ArgumentException>(() => _options.AddRandomKey("first"));

    [Fact]
    public void Protect_LongContext_IsRefused() => Assert.Throws<ArgumentException>("context", () => _protector.Protect(Payload, new byte[1_025]));
}
