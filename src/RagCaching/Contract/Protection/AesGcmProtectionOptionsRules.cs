using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace RagCaching.Contract.Protection;

/// <summary>Checks the keys before anything is written under one of them. No message repeats a key.</summary>
internal sealed class AesGcmProtectionOptionsRules : IValidateOptions<AesGcmProtectionOptions>
{
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AesGcmProtectionOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (!AesGcm.IsSupported)
        {
            errors.AddError("AES-GCM is not supported on this platform; use another IPayloadProtector.", nameof(AesGcmProtectionOptions));
        }

        if (options.Keys.Count == 0)
        {
            errors.AddError("Needs at least one key: an id, and 32 random bytes in Base64, for example from 'openssl rand -base64 32'.", nameof(options.Keys));
        }

        foreach (var (id, key) in options.Keys)
        {
            CheckKey(errors, id, key);
        }

        if (options.CurrentKeyId is { } current ? !options.Keys.ContainsKey(current) : options.Keys.Count > 1)
        {
            errors.AddError(
                $"Must be one of the ids in {nameof(options.Keys)} ({string.Join(", ", options.Keys.Keys.Order(StringComparer.Ordinal))}), but was {(options.CurrentKeyId is null ? "not set" : $"'{options.CurrentKeyId}'")}.",
                nameof(options.CurrentKeyId));
        }

        return errors.Build();
    }

    private static void CheckKey(ValidateOptionsResultBuilder errors, string id, string? key)
    {
        if (id.Length is < 1 or > AesGcmProtectionOptions.MaxKeyIdLength || id.AsSpan().ContainsAnyExcept(IdCharacters))
        {
            errors.AddError($"The id '{id}' must have 1 to {AesGcmProtectionOptions.MaxKeyIdLength} ASCII letters, digits, dots, dashes or underscores.", nameof(AesGcmProtectionOptions.Keys));
        }

        Span<byte> bytes = stackalloc byte[AesGcmProtectionOptions.KeySizeInBytes];
        if (key is null || !Convert.TryFromBase64String(key, bytes, out var length) || length != AesGcmProtectionOptions.KeySizeInBytes)
        {
            errors.AddError($"The key '{id}' must be exactly {AesGcmProtectionOptions.KeySizeInBytes} bytes in Base64 (44 characters), and is not.", nameof(AesGcmProtectionOptions.Keys));
        }

        CryptographicOperations.ZeroMemory(bytes);
    }
}
