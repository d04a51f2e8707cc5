using System.Diagnostics.CodeAnalysis;

namespace RagCaching.Internal;

/// <summary>Makes parts of the host when they are used first, since they may need services that need what uses them.</summary>
internal static class FirstUse
{
    /// <summary>Makes a part on first use.</summary>
    /// <param name="make">Makes it. What fails is tried again with the next use; of two that are made at the same time one is used.</param>
    /// <remarks>The default of <see cref="Lazy{T}"/> remembers the exception: one failure at the wrong moment would hold until the process ends.</remarks>
    public static Lazy<T> Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(Func<T> make) => new(make, LazyThreadSafetyMode.PublicationOnly);
}
