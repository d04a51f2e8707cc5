using Microsoft.Extensions.Time.Testing;

namespace RagCaching.Tests.VectorStores;

/// <summary>The contract of <see cref="IVectorStore"/>, as <see cref="VectorStoreConformance"/> has it. Every store has a test class that inherits it and runs it against the real engine.</summary>
public abstract class VectorStoreConformanceTests
{
    public static TheoryData<string> Checks => [.. VectorStoreConformance.Checks.Select(check => check.Name)];

    /// <summary>Creates an empty store that takes the time from a clock.</summary>
    protected abstract ValueTask<VectorStoreSubject> CreateAsync(FakeTimeProvider time);

    [Theory]
    [MemberData(nameof(Checks))]
    public Task Check_OfTheContract_Holds(string check) => VectorStoreConformance.Find(check).RunAsync(
        _ => CreateAsync(new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))), TestContext.Current.CancellationToken);
}
