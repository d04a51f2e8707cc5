using Microsoft.Extensions.DependencyInjection;
using RagCaching.Diagnostics;
using RagCaching.Internal.Digests;
using RagCaching.Internal.Faults;

namespace RagCaching.Protection;

/// <summary>Asks the host's protector, and turns whatever it cannot open, or throws, into a count.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ProtectedPayloads(IPayloadProtector protector, FaultReporting reporting)
{
    // The exception itself is not logged: a protector may quote what it was given.
    private readonly FaultBarrier _protecting = new(TelemetryNames.Operations.Write, reporting, static (logger, errorType, _) => Log.NotProtected(logger, errorType));
    private readonly FaultBarrier _opening = new(TelemetryNames.Operations.Parse, reporting, static (logger, errorType, _) => Log.NotUnprotected(logger, errorType));

    /// <summary>Finds the protector of a host.</summary>
    /// <returns><see langword="null"/> where the host has none.</returns>
    public static ProtectedPayloads? From(IServiceProvider? services, FaultReporting reporting) =>
        services?.GetService<IPayloadProtector>() is { } protector ? new ProtectedPayloads(protector, reporting) : null;

    /// <summary>Protects a payload.</summary>
    /// <exception cref="NotProtectedException">The protector failed, which was counted.</exception>
    public byte[] Protect(ReadOnlyMemory<byte> payload, Digest context) => _protecting.Run(
        static call => call.Protector.Protect(call.Payload.Span, BytesOf(call.Context)), (Protector: protector, Payload: payload, Context: context), fallback: null) ?? throw new NotProtectedException();

    /// <summary>Opens a payload.</summary>
    /// <returns><see langword="null"/> for one that cannot be opened, which is not counted; a failure of the protector is.</returns>
    public byte[]? TryUnprotect(ReadOnlyMemory<byte> payload, Digest context) => _opening.Run(
        static call => call.Protector.TryUnprotect(call.Payload.Span, BytesOf(call.Context)), (Protector: protector, Payload: payload, Context: context), fallback: null);

    /// <summary>Takes note of something that could not be opened and costs a miss.</summary>
    public void NotOpened() => _opening.Failed(TelemetryNames.Errors.NotUnprotected);

    private static byte[] BytesOf(Digest context)
    {
        var bytes = new byte[Digest.SizeInBytes];
        context.CopyTo(bytes);
        return bytes;
    }
}
