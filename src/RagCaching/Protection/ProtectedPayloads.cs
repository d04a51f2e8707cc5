using Microsoft.Extensions.DependencyInjection;
using RagCaching.Diagnostics;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Faults;

namespace RagCaching.Protection;

/// <summary>Asks the host's protector, and turns whatever it cannot open, or throws, into a count.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ProtectedPayloads(IPayloadProtector protector, FaultReporting reporting)
{
    private readonly FaultBarrier _opening = new(TelemetryNames.Operations.Parse, reporting, static (logger, errorType, _) => Log.NotUnprotected(logger, errorType));

    /// <summary>Finds the protector of a host.</summary>
    /// <returns><see langword="null"/> where the host has none.</returns>
    public static ProtectedPayloads? From(IServiceProvider? services, FaultReporting reporting) =>
        services?.GetService<IPayloadProtector>() is { } protector ? new ProtectedPayloads(protector, reporting) : null;

    /// <summary>Protects a payload.</summary>
    /// <exception cref="NotProtectedException">The protector failed.</exception>
    public byte[] Protect(ReadOnlySpan<byte> payload, Digest context)
    {
        Span<byte> bytes = stackalloc byte[PayloadContext.Size];
        context.CopyTo(bytes);
        try
        {
            return protector.Protect(payload, bytes) ?? throw new InvalidOperationException($"{protector.GetType().Name}.{nameof(protector.Protect)} returned null.");
        }
        catch (Exception exception)
        {
            throw new NotProtectedException(exception);
        }
    }

    /// <summary>Opens a payload.</summary>
    /// <returns><see langword="null"/> for one that cannot be opened, which is not counted; a failure of the protector is.</returns>
    public byte[]? TryUnprotect(ReadOnlySpan<byte> payload, Digest context)
    {
        Span<byte> bytes = stackalloc byte[PayloadContext.Size];
        context.CopyTo(bytes);
        try
        {
            return protector.TryUnprotect(payload, bytes);
        }
        catch (Exception exception)
        {
            _opening.Failed(exception);
            return null;
        }
    }

    /// <summary>Takes note of something that could not be opened and costs a miss.</summary>
    public void NotOpened() => _opening.Failed(TelemetryNames.Errors.NotUnprotected);
}
